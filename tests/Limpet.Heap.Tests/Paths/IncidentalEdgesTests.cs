using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Paths;

public sealed class IncidentalEdgesTests
{
    private const string Queued = "System.Threading.TimerQueueTimer";

    [Fact]
    public void Timer_BesideOneThatAFieldHolds_IsHeldByTheQueue()
    {
        using HeapGraph graph = Heap.Of(h =>
        {
            HeapObject leaked = h.Object(Queued, ("_state", h.Object("Shop.Leaked")));
            HeapObject own = h.Object(Queued, ("_next", leaked), ("_state", h.Object("Shop.Own")));
            HeapObject first = h.Object(Queued, ("_next", own), ("_state", h.Object("Shop.First")));
            h.Static("Shop.Program.timer").To(h.Object("System.Threading.Timer", ("_timer", h.Object("System.Threading.TimerHolder", ("_timer", own)))));
            h.Static("System.Threading.TimerQueue.Instances").To(h.Array("System.Threading.TimerQueue[]", h.Object("System.Threading.TimerQueue", ("_shortTimers", first))));
        });

        Assert.Equal("System.Threading.TimerQueue.Instances", RootOf(graph, "Shop.Leaked"));
        Assert.Equal("Shop.Program.timer", RootOf(graph, "Shop.Own"));
    }

    [Fact]
    public void Timer_ThatOnlyANeighbourHolds_IsReachedThroughIt()
    {
        using HeapGraph graph = Heap.Of(h => h.Static("Shop.Program.timer").To(h.Object(
            "System.Threading.TimerHolder",
            ("_timer", h.Object(Queued, ("_next", h.Object(Queued, ("_state", h.Object("Shop.Last")))))))));

        Assert.Equal("Shop.Program.timer", RootOf(graph, "Shop.Last"));
    }

    private static string RootOf(HeapGraph graph, string type)
    {
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        return Assert.Single(query.Ask(type, 5, TestContext.Current.CancellationToken).Traces).Trace.Trace.Root.Name;
    }
}
