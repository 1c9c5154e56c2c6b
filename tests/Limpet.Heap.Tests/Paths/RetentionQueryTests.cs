using System.Globalization;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Tests.Paths;

public sealed class RetentionQueryTests
{
    [Theory]
    [InlineData("Shop.Order")]
    [InlineData("Order")]
    public void Ask_TypeHeldInTwoWays_GivesBothShortestFirst(string type)
    {
        using HeapGraph graph = Shop();

        Assert.Equal(
            """
            Shop.Order: 5 objects, 4 rooted
            1 retains 1 objects, 40 B
            StaticField Shop.Program.last
              Shop.Order
            3 retains 4 objects, 144 B
            StaticField Shop.Store.orders
              System.Collections.Generic.List<Shop.Order> → list element
              Shop.Order
            """,
            Ask(graph, type));
    }

    /// <summary>What a listing shows can be asked for.</summary>
    [Fact]
    public void Ask_ForANameAsItIsShown_FindsTheType()
    {
        using HeapGraph graph = Heap.Of(h => h.Static("Shop.blank").To(h.Object("\u2002")));

        Assert.StartsWith("\u2002: 1 objects, 1 rooted\n", Ask(graph, "\\u2002"), StringComparison.Ordinal);
    }

    [Fact]
    public void Ask_Garbage_SaysInWhichGenerationItWaits()
    {
        using HeapGraph graph = Shop();
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);

        Assert.Equal([(HeapGeneration.Gen2, 1L)], query.Ask("Shop.Order", 1, TestContext.Current.CancellationToken).Garbage);
    }

    [Fact]
    public void Ask_WaysThatTellLittle_ComeLast()
    {
        using HeapGraph graph = Heap.Of(h =>
        {
            h.Root(RootKind.FinalizerQueue, "objects waiting for their finalizer").To(h.Object("Shop.Order"));
            h.Root(RootKind.Stack, "stack of the runtime").To(h.Object("Shop.Order"));
            h.Static("System.Diagnostics.Tracing.EventSource.s_all").To(h.Object("Shop.Order"));
            h.Root(RootKind.Stack, "Shop.Program.Main").To(h.Object("Shop.Desk", ("order", h.Object("Shop.Order"))));
            h.Static("Shop.Store.last").To(h.Object("Shop.Store", ("x", h.Object("Shop.Desk", ("order", h.Object("Shop.Order"))))));
        });
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["Shop.Store.last", "Shop.Program.Main", "objects waiting for their finalizer", "stack of the runtime", "System.Diagnostics.Tracing.EventSource.s_all"],
            query.Ask("Shop.Order", 9, TestContext.Current.CancellationToken).Traces.Select(group => group.Trace.Trace.Root.Name));
    }

    [Fact]
    public void Ask_WaysThroughTwoPartsOfOneHolder_AreOneShape()
    {
        using HeapGraph graph = Heap.Of(h => h.Static("Shop.queue").To(h.Object(
            "System.Collections.Concurrent.ConcurrentDictionary<System.Int32, Shop.Order>",
            ("_tables", h.Chain("System.Collections.Concurrent.ConcurrentDictionary<System.Int32, Shop.Order>+Node", "_value", "Shop.Order")),
            ("_other", h.Object("Shop.Order")))));
        using HeapGraph queue = Heap.Of(h => h.Static("Shop.queue").To(h.Object(
            "System.Collections.Concurrent.ConcurrentQueue<Shop.Order>",
            ("_head", h.Chain("System.Collections.Concurrent.ConcurrentQueueSegment<Shop.Order>", "_slots", "System.Collections.Concurrent.ConcurrentQueueSegment<Shop.Order>+Slot[]", "[x].Item", "Shop.Order")),
            ("_tail", h.Chain("System.Collections.Concurrent.ConcurrentQueueSegment<Shop.Order>", "_slots", "System.Collections.Concurrent.ConcurrentQueueSegment<Shop.Order>+Slot[]", "[x].Item", "Shop.Order")))));

        Assert.Equal([1L, 1L], CountsOf(graph));
        Assert.Equal([2L], CountsOf(queue));
    }

    [Fact]
    public void Ask_FewerShapesThanThereAre_SaysHowManyAreLeftOut()
    {
        using HeapGraph graph = Shop();
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);

        RetentionAnswer answer = query.Ask("Shop.Order", 1, TestContext.Current.CancellationToken);

        Assert.Single(answer.Traces);
        Assert.Equal(1, answer.OmittedShapes);
    }

    [Fact]
    public void Ask_GenericTypeWithoutArguments_IsFound()
    {
        using HeapGraph graph = Shop();

        Assert.StartsWith("System.Collections.Generic.List<Shop.Order>: 1 objects, 1 rooted", Ask(graph, "List"), StringComparison.Ordinal);
    }

    [Fact]
    public void Ask_Garbage_IsNotRooted()
    {
        using HeapGraph graph = Heap.Of(h => h.Object("Shop.Gone"));

        Assert.Equal("Shop.Gone: 1 objects, 0 rooted", Ask(graph, "Gone"));
    }

    [Fact]
    public void Ask_Address_GivesThatObject()
    {
        HeapObject wanted = null!;
        using HeapGraph graph = Heap.Of(h =>
        {
            h.Static("Shop.first").To(h.Object("Shop.Order"));
            h.Static("Shop.second").To(wanted = h.Object("Shop.Order"));
        });
        ulong address = graph.Addresses.AddressOf(wanted.Node);

        Assert.Equal(
            """
            Shop.Order: 1 objects, 1 rooted
            1 retains 1 objects, 24 B
            StaticField Shop.second
              Shop.Order
            """,
            Ask(graph, "0x" + (address + 8).ToString("x", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("0xdead", "No object is at 0xdead. Objects move: take the address from the same capture.")]
    [InlineData("0xshop", "'0xshop' is no address. Write it in hexadecimal, such as 0x7f12a4001020.")]
    [InlineData("Shop.Ordre", "No object has the type 'Shop.Ordre'. Near it: Shop.Order, Shop.Order[].")]
    [InlineData("Oorder", "No object has the type 'Oorder'. Near it: Shop.Order, Shop.Order[].")]
    [InlineData("Ord", "No object has the type 'Ord'. Near it: Shop.Order, Shop.Order[].")]
    [InlineData("Zebra", "No object has the type 'Zebra', and no type is called nearly so. 'limpet inspect' lists the types of a heap.")]
    public void Ask_NothingMeant_SaysWhatIsNear(string text, string expected)
    {
        using HeapGraph graph = Shop();
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);

        LimpetException error = Assert.Throws<LimpetException>(() => query.Ask(text, 10, TestContext.Current.CancellationToken));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Ask_EndOfTwoNames_AsksForTheWholeName()
    {
        using HeapGraph graph = Heap.Of(h =>
        {
            h.Object("Shop.Order");
            h.Object("Mail.Order");
        });
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);

        LimpetException error = Assert.Throws<LimpetException>(() => query.Ask("Order", 10, TestContext.Current.CancellationToken));

        Assert.Equal("'Order' is the name of 2 types: Mail.Order, Shop.Order. Give the whole name of one.", error.Message);
    }

    private static IEnumerable<long> CountsOf(HeapGraph graph)
    {
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        return [.. query.Ask("Shop.Order", 9, TestContext.Current.CancellationToken).Traces.Select(group => group.Count)];
    }

    private static HeapGraph Shop() => Heap.Of(h =>
    {
        HeapObject shared = h.Object("Shop.Customer");
        HeapObject Order() => h.Object("Shop.Order", ("customer", shared)).Sized(40);
        h.Static("Shop.Store.orders").To(h.Object("System.Collections.Generic.List<Shop.Order>", ("_items", h.Array("Shop.Order[]", Order(), Order(), Order()))));
        h.Static("Shop.Program.last").To(h.Object("Shop.Order").Sized(40));
        Order();
    });

    private static string Ask(HeapGraph graph, string text)
    {
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        RetentionAnswer answer = query.Ask(text, 10, TestContext.Current.CancellationToken);
        return string.Join('\n', answer.Traces
            .Select(group => $"{group.Count} retains {group.Retained.Objects} objects, {group.Retained.Bytes} B\n{TraceText.Of(group.Trace)}")
            .Prepend($"{answer.Type}: {answer.Count} objects, {answer.RootedCount} rooted"));
    }
}
