using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Tests.Growth;

public sealed class HeapDiffTests
{
    [Fact]
    public void Of_Two_TellsNewGoneGrownAndShrunk()
    {
        HeapDiff diff = HeapDiff.Of([Take(h => Shop(h, orders: 5, views: 4, old: 2)), Take(h => Shop(h, orders: 12, views: 1, lines: 3))]);

        Assert.Equal(
            """
            Shop.Order Grown +7 +168
            Shop.Line New +3 +72
            Shop.Old Gone -2 -48
            Shop.View Shrunk -3 -72
            """,
            string.Join('\n', diff.Types.Where(type => !type.Type.EndsWith(']')).Select(type => Text(type.Type, type.Delta))));
    }

    [Fact]
    public void Of_Two_NamesTheContainerByItsField()
    {
        HeapDiff diff = HeapDiff.Of([Take(h => Shop(h, orders: 5)), Take(h => Shop(h, orders: 90))]);

        ContainerDelta container = Assert.Single(diff.Containers);
        Assert.Equal(("field Shop.Store.orders", "Shop.Order[]", "Shop.Order"), (container.Container, container.ContainerType, container.Subject));
        Assert.Equal((85, 85 * 24, ChangeKind.Grown), (container.Delta.CountDelta, container.Delta.BytesDelta.Bytes, container.Delta.Change));
        Assert.Equal("static field Shop.Program.store → Shop.Store → orders: Shop.Order[] → [x]: Shop.Order", container.Path);
        Assert.Equal([container.Path], diff.Paths.Select(path => path.Path));
    }

    [Fact]
    public void Of_Three_TellsOnlyWhatCameAndIsStillThere()
    {
        HeapDiff diff = HeapDiff.Of(
        [
            Take(h => Shop(h, orders: 5, views: 1, old: 1)),
            Take(h => Shop(h, orders: 50, views: 40, lines: 7)),
            Take(h => Shop(h, orders: 30, views: 1, lines: 7, old: 4)),
        ]);

        Assert.Equal(
            """
            Shop.Order Grown +25 +600
            Shop.Line New +7 +168
            """,
            string.Join('\n', diff.Types.Where(type => !type.Type.EndsWith(']')).Select(type => Text(type.Type, type.Delta))));
        Assert.Equal([5, 50, 30], diff.Types[0].Delta.Counts);
        Assert.Equal(["Shop.Order", "Shop.Line"], diff.Containers.Select(container => container.Subject));
    }

    [Fact]
    public void Of_SameHeap_IsNothing()
    {
        HeapDiff diff = HeapDiff.Of([Take(h => Shop(h, orders: 5)), Take(h => Shop(h, orders: 5))]);

        Assert.Empty(diff.Types);
        Assert.Empty(diff.Paths);
        Assert.Empty(diff.Containers);
    }

    [Fact]
    public void Of_GrowthBesideALargerOne_IsNoPlaceOfItsOwnWhenAHundredthOfIt()
    {
        HeapDiff diff = HeapDiff.Of([Take(h => Shop(h, orders: 0, lines: 1)), Take(h => Shop(h, orders: 1000, lines: 3))]);

        Assert.Equal(["Shop.Order"], diff.Containers.Select(container => container.Subject));
        Assert.Contains(diff.Types, type => type.Type == "Shop.Line");
    }

    [Fact]
    public void Of_ObjectsThatAreReachedByAnotherWay_IsNothing()
    {
        HeapDiff diff = HeapDiff.Of(
        [
            Take(h => h.Static("Shop.a").To(h.Array("Shop.Order[]", [.. Enumerable.Range(0, 50).Select(_ => h.Object("Shop.Order"))]))),
            Take(h => h.Static("Shop.b").To(h.Array("Shop.Order[]", [.. Enumerable.Range(0, 50).Select(_ => h.Object("Shop.Order"))]))),
        ]);

        Assert.Empty(diff.Paths);
        Assert.Empty(diff.Containers);
    }

    [Fact]
    public void Of_CollectionsWithMoreElements_TellsThePlacesWhereNoObjectsCame()
    {
        HeapDiff diff = HeapDiff.Of([Take(h => Log(h, 500, durations: 500)), Take(h => Log(h, 900, durations: 10_000))]);

        Assert.Equal(
            """
            +9500 System.Collections.Generic.List<double> in static field Shop.Log.durations: 500 10000
            +800 System.Collections.Generic.HashSet<System.Guid> in field Shop.Store.seen: 1000 1800
            +400 System.Collections.Concurrent.ConcurrentQueue<long> in static field Shop.Log.numbers: 500 900
            """,
            Contents(diff));
        Assert.Equal("static field Shop.store → Shop.Store → seen: System.Collections.Generic.HashSet<System.Guid>", diff.Contents[1].Path);
    }

    [Fact]
    public void Of_CollectionThatComesToBeCounted_HasGrownByNoMoreThanIsKnown() => Assert.Equal(
        "+5 System.Collections.Generic.List<double> in static field Shop.Log.durations: 0 20",
        Contents(HeapDiff.Of([Take(h => Durations(h, 3)), Take(h => Durations(h, 20))])));

    [Fact]
    public void Of_Three_TellsTheElementsThatAreStillThere()
    {
        Assert.Equal(
            "+200 System.Collections.Generic.List<double> in static field Shop.Log.durations: 100 900 300",
            Contents(HeapDiff.Of([Take(h => Durations(h, 100)), Take(h => Durations(h, 900)), Take(h => Durations(h, 300))])));
        Assert.Empty(HeapDiff.Of([Take(h => Durations(h, 100)), Take(h => Durations(h, 900)), Take(h => Durations(h, 100))]).Contents);
    }

    [Fact]
    public void Of_FewerElements_TellsNone() => Assert.Empty(HeapDiff.Of([Take(h => Durations(h, 900)), Take(h => Durations(h, 100))]).Contents);

    [Fact]
    public void Of_CollectionThatIsReachedByAnotherWay_TellsNone() => Assert.Empty(HeapDiff.Of(
    [
        Take(h => Durations(h, 900)),
        Take(h => h.Static("Shop.Other.durations").To(Counted(h, "System.Collections.Generic.List<System.Double>", 900))),
    ]).Contents);

    [Fact]
    public void Of_HeapThatDoesNotTellElements_TellsNone() => Assert.Empty(HeapDiff.Of(
    [
        Take(h =>
        {
            h.Omits(FactKind.Elements);
            h.Static("Shop.Log.durations").To(h.Object("System.Collections.Generic.List<System.Double>"));
            h.Static("Shop.waiting").To(h.Object("System.Threading.Tasks.Task").With(FactKind.TaskState, 1));
        }),
        Take(h => Durations(h, 900)),
    ]).Contents);

    [Fact]
    public void Of_One_IsRefused() =>
        Assert.Throws<ArgumentException>(() => HeapDiff.Of([Take(h => Shop(h, orders: 1))]));

    private static string Text(string name, Delta delta) => $"{name} {delta.Change} {delta.CountDelta:+0;-0} {delta.BytesDelta.Bytes:+0;-0}";

    private static void Shop(Heap h, int orders, int views = 0, int lines = 0, int old = 0)
    {
        HeapObject[] Many(string type, int count) => [.. Enumerable.Range(0, count).Select(_ => h.Object(type))];
        h.Static("Shop.Program.store").To(h.Object(
            "Shop.Store",
            ("orders", h.Array("Shop.Order[]", Many("Shop.Order", orders))),
            ("views", h.Array("Shop.View[]", Many("Shop.View", views))),
            ("lines", h.Array("Shop.Line[]", Many("Shop.Line", lines))),
            ("old", h.Array("Shop.Old[]", Many("Shop.Old", old)))));
    }

    /// <summary>What has as many elements as it is told, of which some are objects that came, and one list of durations; beside them one more list of numbers.</summary>
    private static void Log(Heap h, int count, int durations)
    {
        HeapObject[] orders = [.. Enumerable.Range(0, count).Select(_ => h.Object("Shop.Order"))];
        Durations(h, durations);
        h.Static("Shop.store").To(h.Object(
            "Shop.Store",
            ("orders", Counted(h, "System.Collections.Generic.List<Shop.Order>", count, ("_items", h.Array("Shop.Order[]", orders)))),
            ("seen", Counted(h, "System.Collections.Generic.HashSet<System.Guid>", 2 * count, ("_entries", h.Numbers("System.Guid[]").Sized(1_000 + count))))));
        HeapObject[] segments = [.. Enumerable.Range(0, count / 100).Select(_ => Counted(h, "System.Collections.Concurrent.ConcurrentQueueSegment<System.Int64>", 100, ("_slots", h.Numbers("System.Int64[]"))))];
        for (int segment = 1; segment < segments.Length; segment++)
        {
            segments[segment - 1].Set("_nextSegment", segments[segment]);
        }

        h.Static("Shop.Log.numbers").To(h.Object("System.Collections.Concurrent.ConcurrentQueue<System.Int64>", ("_head", segments[0])));
    }

    private static void Durations(Heap h, int count)
    {
        h.Static("Shop.Log.durations").To(count < NodeFacts.FewestElements ? h.Object("System.Collections.Generic.List<System.Double>") : Counted(h, "System.Collections.Generic.List<System.Double>", count));
        h.Static("Shop.waiting").To(h.Object("System.Threading.Tasks.Task").With(FactKind.TaskState, 1));
    }

    private static HeapObject Counted(Heap h, string type, int elements, params (string, HeapObject)[] fields) => h.Object(type, fields).With(FactKind.Elements, (ulong)elements);

    private static string Contents(HeapDiff diff) =>
        string.Join('\n', diff.Contents.Select(content => $"+{content.ElementsDelta} {content.Type} in {content.Container}: {string.Join(' ', content.Elements)}"));

    private static HeapCensus Take(Action<Heap> describe)
    {
        using HeapGraph graph = Heap.Of(describe);
        return HeapCensus.Take(graph, TestContext.Current.CancellationToken);
    }
}
