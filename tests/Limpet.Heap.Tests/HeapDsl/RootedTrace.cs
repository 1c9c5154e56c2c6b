using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Tests;

/// <summary>The one trace to the objects of a type in a heap that hangs on the static field <c>Shop.root</c>.</summary>
internal static class RootedTrace
{
    private const string Order = "Shop.Order";

    public static void AssertIs(Func<Heap, HeapObject> describe, string expected, string type = Order, Action<Heap>? bases = null) => Assert.Equal(
        "StaticField Shop.root\n" + expected,
        TraceText.Of(Of(
            h =>
            {
                bases?.Invoke(h);
                h.Static("Shop.root").To(describe(h));
            },
            type)));

    public static RetentionTrace Of(Action<Heap> describe, string type = Order)
    {
        using HeapGraph graph = Heap.Of(describe);
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        return Assert.Single(query.Ask(type, 5, TestContext.Current.CancellationToken).Traces).Trace.Trace;
    }
}
