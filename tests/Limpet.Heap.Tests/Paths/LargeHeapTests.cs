using System.Collections.Immutable;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Paths;

/// <summary>Shapes that overflow the stack of whoever recurses, or take forever with whoever searches twice.</summary>
public sealed class LargeHeapTests
{
    private const int Nodes = 5_000_000;

    [Fact]
    public void Census_LinkedListOfFiveMillion_IsOnePathAndAShortTrace()
    {
        uint[] types = new uint[Nodes + 1];
        types[0] = 1;
        using HeapGraph graph = HeapArrays.ToGraph(
            types,
            Sizes(),
            [.. Enumerable.Range(0, Nodes + 2).Select(node => (uint)Math.Min(node, Nodes))],
            [.. Enumerable.Range(1, Nodes)],
            new byte[Nodes],
            [new HeapType("Node", slotNames: ["next"]), new HeapType("List", slotNames: ["head"])],
            [new GcRoot(new NodeIndex(0), RootKind.StaticField, "Shop.list")]);
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        using MergedPaths merged = MergedPaths.Of(tree, TestContext.Current.CancellationToken);

        HeapCensus census = HeapCensus.Of(merged);
        ExplainedTrace? trace = new TraceBuilder(merged).Build(new NodeIndex(Nodes), _ => default);

        Assert.Equal(Nodes, census.Types["Node"].Count);
        Assert.Equal(3, census.Paths.Nodes.Length);
        Assert.Equal(
            """
            StaticField Shop.list
              List → head
              Node (5,000,000 in a row through next)
            """,
            TraceText.Of(trace));
        Assert.Equal(
            new RetainedSize(Nodes, Nodes * 24L),
            Reachability.From(graph, TestContext.Current.CancellationToken).RetainedBy(NodeSet.Of(graph, [new NodeIndex(1)]), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Census_ArrayOfFiveMillion_IsOnePath()
    {
        uint[] types = new uint[Nodes + 1];
        types[0] = 1;
        uint[] firstEdges = new uint[Nodes + 2];
        firstEdges.AsSpan(1).Fill(Nodes);
        byte[] slots = new byte[Nodes];
        slots.AsSpan().Fill(EdgeSlot.ArrayElement);
        using HeapGraph graph = HeapArrays.ToGraph(
            types,
            Sizes(),
            firstEdges,
            [.. Enumerable.Range(1, Nodes)],
            slots,
            [new HeapType("Order"), new HeapType("Order[]", traits: TypeTraits.Array)],
            [new GcRoot(new NodeIndex(0), RootKind.StaticField, "Shop.all")]);

        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        RetentionAnswer answer = query.Ask("Order", 5, TestContext.Current.CancellationToken);

        RetentionGroup group = Assert.Single(answer.Traces);
        Assert.Equal((Nodes, new RetainedSize(Nodes, Nodes * 24L)), (group.Count, group.Retained));
    }

    private static long[] Sizes()
    {
        long[] sizes = new long[Nodes + 1];
        sizes.AsSpan().Fill(24);
        return sizes;
    }
}
