using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Paths;

public sealed class GroupRetentionTests
{
    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Of_HundredRandomHeapsAndGroups_IsWhatNoOtherWayReaches(int block)
    {
        for (int seed = block * 100; seed < (block + 1) * 100; seed++)
        {
            using HeapGraph graph = RandomHeap.Of(seed);
            using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
            Random random = new(seed);
            NodeSet owners = NodeSet.Of(graph, Enumerable.Range(0, random.Next(0, 6)).Select(_ => new NodeIndex(random.Next(graph.NodeCount))));

            Assert.Equal(
                Reachability.From(graph, TestContext.Current.CancellationToken).RetainedBy(owners, TestContext.Current.CancellationToken),
                GroupRetention.Of(tree, owners, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Ask_ListWhoseMembersAStrangerHolds_IsExactToo()
    {
        HeapObject list = null!;
        using HeapGraph graph = Heap.Of(h =>
        {
            HeapObject third = h.Object("System.Collections.Generic.LinkedListNode<Shop.Order>", ("item", h.Object("Shop.Order")));
            HeapObject second = h.Object("System.Collections.Generic.LinkedListNode<Shop.Order>", ("next", third), ("item", h.Object("Shop.Order")));
            HeapObject first = h.Object("System.Collections.Generic.LinkedListNode<Shop.Order>", ("next", second), ("item", h.Object("Shop.Order")));
            list = h.Object("System.Collections.Generic.LinkedList<Shop.Order>", ("head", first));
            h.Static("Shop.a").To(h.Object("Shop.Desk", ("current", second)));
            h.Static("Shop.b").To(list);
        });
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        using RetentionQuery query = RetentionQuery.Open(graph, TestContext.Current.CancellationToken);

        Assert.True(tree.PassesOver);
        RetentionGroup desk = Assert.Single(query.Ask("Shop.Desk", 5, TestContext.Current.CancellationToken).Traces);
        Assert.Equal(
            Reachability.From(graph, TestContext.Current.CancellationToken).RetainedBy(NodeSet.Of(graph, [graph.Roots[0].Target]), TestContext.Current.CancellationToken),
            desk.Retained);
    }
}
