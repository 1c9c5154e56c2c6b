using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Paths;

public sealed class HeapCensusTests
{
    private const string Box = "System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Int32>+AsyncStateMachineBox<Shop.OrderService+<Start>d__3>";

    [Fact]
    public void PendingAsync_CompletedAndPendingAndGarbage_CountsThePending()
    {
        HeapCensus census = Take(h => h.Static("Shop.all").To(h.Array(
            "System.Object[]",
            h.Object(Box),
            h.Object(Box).With(FactKind.TaskState, 0x2000400),
            h.Object(Box).With(FactKind.TaskState, 0x1000400),
            h.Object(Box).With(FactKind.TaskState, 0x200400),
            h.Object(Box).With(FactKind.TaskState, 0x400400))),
            h => h.Object(Box));

        Assert.Equal([new("async OrderService.Start()", 2L)], census.PendingAsync);
        Assert.Equal(2, census.PendingAsyncCount);
    }

    [Fact]
    public void ActiveTimers_SeveralQueues_AreAddedUp()
    {
        HeapCensus census = Take(h => h.Static("System.Threading.TimerQueue.Instances").To(h.Array(
            "System.Threading.TimerQueue[]",
            h.Object("System.Threading.TimerQueue").With(FactKind.ActiveTimers, 3),
            h.Object("System.Threading.TimerQueue").With(FactKind.ActiveTimers, 4))));

        Assert.Equal(7, census.ActiveTimers);
    }

    [Fact]
    public void Types_WithGarbage_CountReachableOnly()
    {
        HeapCensus census = Take(h => h.Static("Shop.one").To(h.Object("Order").Sized(64)), h => h.Object("Order"), h => h.Object("Gone"));

        Assert.Equal([new("Order", new TypeCount(1, 64))], census.Types);
    }

    private static HeapCensus Take(params Action<Heap>[] describe)
    {
        using HeapGraph graph = Heap.Of(h =>
        {
            foreach (var part in describe)
            {
                part(h);
            }
        });
        return HeapCensus.Take(graph, TestContext.Current.CancellationToken);
    }
}
