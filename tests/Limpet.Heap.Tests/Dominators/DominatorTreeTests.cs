using Limpet.Heap.Dominators;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Dominators;

public sealed class DominatorTreeTests
{
    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Build_HundredRandomHeaps_RetainsWhatBecomesUnreachable(int block)
    {
        for (int seed = block * 100; seed < (block + 1) * 100; seed++)
        {
            using HeapGraph graph = RandomHeap.Of(seed);
            using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);
            bool[] all = DominatorDefinition.ReachedWithout(graph, -1);
            for (int node = 0; node < graph.NodeCount; node++)
            {
                bool[] rest = DominatorDefinition.ReachedWithout(graph, node);
                int[] gone = [.. Enumerable.Range(0, graph.NodeCount).Where(other => all[other] && !rest[other])];
                Assert.True(
                    tree.RetainedBy(new NodeIndex(node)) == new RetainedSize(gone.Length, gone.Sum(other => graph.SizeOf(new NodeIndex(other)))),
                    $"seed {seed}, node {node}: {tree.RetainedBy(new NodeIndex(node))}, not {gone.Length} objects");
                for (int other = 0; other < graph.NodeCount; other++)
                {
                    Assert.Equal(all[other] && !rest[other], tree.Dominates(new NodeIndex(node), new NodeIndex(other)));
                }
            }

            Assert.Equal(all.Count(reached => reached), tree.ReachedCount);
            Assert.Equal(Enumerable.Range(0, graph.NodeCount).Where(node => all[node]).Sum(node => graph.SizeOf(new NodeIndex(node))), tree.ReachedBytes);
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Build_HundredRandomHeaps_AgreesWithDataFlow(int block)
    {
        for (int seed = block * 100; seed < (block + 1) * 100; seed++)
        {
            using HeapGraph graph = RandomHeap.Of(seed);
            using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);
            bool[]?[] expected = DominatorDefinition.ByDataFlow(graph);
            for (int node = 0; node < graph.NodeCount; node++)
            {
                Assert.Equal(expected[node] is not null, tree.IsReached(new NodeIndex(node)));

                // The nearest of those that dominate a node is dominated by all others.
                int[] above = [.. Enumerable.Range(0, graph.NodeCount).Where(other => other != node && expected[node]?[other] == true)];
                int nearest = above.Length == 0 ? -1 : above.Single(other => above.All(third => expected[other]![third]));
                Assert.True(nearest == tree.DominatorOf(new NodeIndex(node)).Value, $"seed {seed}, node {node}: {tree.DominatorOf(new NodeIndex(node)).Value}, not {nearest}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Order_RandomHeaps_IsEveryReachedObjectBehindItsDominator(int block)
    {
        using HeapGraph graph = RandomHeap.Of(block);
        using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);
        List<int> walked = [];
        foreach (NodeIndex top in tree.TopObjects())
        {
            Walk(top);
        }

        Assert.Equal(tree.Order.ToArray(), walked);
        Assert.Equal(walked.Count, walked.Distinct().Count());

        void Walk(NodeIndex node)
        {
            walked.Add(node.Value);
            foreach (NodeIndex child in tree.ChildrenOf(node))
            {
                Assert.Equal(node, tree.DominatorOf(child));
                Walk(child);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void ByType_RandomHeaps_CountsWhatAnObjectOfTheTypeDominatesOnce(int block)
    {
        using HeapGraph graph = RandomHeap.Of(block);
        using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);
        RetainedSize[] actual = RetainedUnion.ByType(tree, [.. Enumerable.Range(0, graph.Types.Length)], graph.Types.Length);
        for (int type = 0; type < graph.Types.Length; type++)
        {
            NodeIndex[] own = [.. Enumerable.Range(0, graph.NodeCount).Select(node => new NodeIndex(node)).Where(node => graph.TypeIndexOf(node).Value == type)];
            NodeIndex[] covered = [.. Enumerable.Range(0, graph.NodeCount).Select(node => new NodeIndex(node)).Where(node => own.Any(holder => tree.Dominates(holder, node)))];
            RetainedSize expected = new(covered.Length, covered.Sum(graph.SizeOf));
            Assert.Equal(expected, actual[type]);
            Assert.Equal(expected, RetainedUnion.Of(tree, own));
        }
    }

    [Fact]
    public void Build_DiamondBehindACache_IsDominatedByItsTop()
    {
        HeapObject left = null!, right = null!, shared = null!, cache = null!;
        using HeapGraph graph = Heap.Of(h =>
        {
            shared = h.Object("Shared").Sized(1000);
            left = h.Object("Left", ("s", shared));
            right = h.Object("Right", ("s", shared));
            cache = h.Object("Cache", ("l", left), ("r", right));
            h.Static("Shop.cache").To(cache);
        });
        using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.Equal(cache.Node, tree.DominatorOf(shared.Node));
        Assert.Equal(new RetainedSize(1, 24), tree.RetainedBy(left.Node));
        Assert.Equal(new RetainedSize(4, 1072), tree.RetainedBy(cache.Node));
        Assert.Equal(NodeIndex.None, tree.DominatorOf(cache.Node));
    }

    [Fact]
    public void Build_HeldByTwoRoots_IsDominatedByNeither()
    {
        HeapObject shared = null!, a = null!, b = null!;
        using HeapGraph graph = Heap.Of(h =>
        {
            shared = h.Object("Shared");
            a = h.Object("A", ("s", shared));
            b = h.Object("B", ("s", shared));
            h.Static("Shop.a").To(a);
            h.Static("Shop.b").To(b);
        });
        using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.Equal(NodeIndex.None, tree.DominatorOf(shared.Node));
        Assert.Equal(3, tree.TopObjects().Count());
    }

    [Fact]
    public void Build_NoRoots_ReachesNothing()
    {
        HeapObject alone = null!;
        using HeapGraph graph = Heap.Of(h => alone = h.Object("Alone"));
        using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.False(tree.IsReached(alone.Node));
        Assert.Equal(default, tree.RetainedBy(alone.Node));
        Assert.Empty(tree.TopObjects());
    }

    [Fact]
    public void MemoryBytes_PerNode_IsTwentyFourAndTwentyEightAtThePeak()
    {
        const int Nodes = 1000;
        using HeapGraph graph = LargeHeaps.List(Nodes);
        using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.Equal(24L * (Nodes + 1), tree.MemoryBytes);
        Assert.Equal(28L * (Nodes + 2), tree.PeakBytes);
    }

    [Fact]
    public void PeakBytes_ReferenceToALowerNumber_TakesEightMore()
    {
        using HeapGraph graph = Heap.Of(h =>
        {
            HeapObject parent = h.Object("Parent");
            parent.Set("child", h.Object("Child", ("parent", parent)));
            h.Static("Shop.parent").To(parent);
        });
        using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.Equal((28L * 3) + 8, tree.PeakBytes);
    }

    [Fact]
    public void Build_LinkedListOfFiveMillion_IsAChain()
    {
        using HeapGraph graph = LargeHeaps.List(LargeHeaps.Nodes);
        using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.Equal(new RetainedSize(LargeHeaps.Nodes, LargeHeaps.Nodes * 24L), tree.RetainedBy(new NodeIndex(1)));
        Assert.Equal(new RetainedSize(1, 24), tree.RetainedBy(new NodeIndex(LargeHeaps.Nodes)));
        Assert.Equal(new NodeIndex(LargeHeaps.Nodes - 1), tree.DominatorOf(new NodeIndex(LargeHeaps.Nodes)));
    }

    [Fact]
    public void Build_ArrayOfFiveMillion_DominatesItsElements()
    {
        using HeapGraph graph = LargeHeaps.Array(LargeHeaps.Nodes);
        using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.Equal(new RetainedSize(LargeHeaps.Nodes + 1, (LargeHeaps.Nodes + 1) * 24L), tree.RetainedBy(new NodeIndex(0)));
        Assert.Equal(new NodeIndex(0), tree.DominatorOf(new NodeIndex(LargeHeaps.Nodes)));
    }

    [Fact]
    public void Build_DoublyLinkedListOfFiveMillion_IsAChain()
    {
        using HeapGraph graph = LargeHeaps.DoublyLinked(LargeHeaps.Nodes);
        using DominatorTree tree = DominatorTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.Equal(new NodeIndex(LargeHeaps.Nodes - 2), tree.DominatorOf(new NodeIndex(LargeHeaps.Nodes - 1)));
        Assert.Equal(new RetainedSize(LargeHeaps.Nodes, LargeHeaps.Nodes * 24L), tree.RetainedBy(new NodeIndex(0)));
    }

    [Fact]
    public void Build_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(() =>
    {
        using HeapGraph graph = RandomHeap.Of(1);
        DominatorTree.Build(graph, new CancellationToken(canceled: true));
    });
}
