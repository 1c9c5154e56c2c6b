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

    private static HeapCensus Take(Action<Heap> describe)
    {
        using HeapGraph graph = Heap.Of(describe);
        return HeapCensus.Take(graph, TestContext.Current.CancellationToken);
    }
}
