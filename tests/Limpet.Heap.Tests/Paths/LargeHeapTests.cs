using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Paths;

/// <summary>Shapes that overflow the stack of whoever recurses, or take forever with whoever searches twice.</summary>
public sealed class LargeHeapTests
{
    private const int Nodes = LargeHeaps.Nodes;

    [Fact]
    public void Census_LinkedListOfFiveMillion_IsOnePathAndAShortTrace()
    {
        using HeapGraph graph = LargeHeaps.List(Nodes);
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
        using HeapGraph graph = LargeHeaps.Array(Nodes);

        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);
        RetentionAnswer answer = query.Ask("Order", 5, TestContext.Current.CancellationToken);

        RetentionGroup group = Assert.Single(answer.Traces);
        Assert.Equal((Nodes, new RetainedSize(Nodes, Nodes * 24L)), (group.Count, group.Retained));
    }
}
