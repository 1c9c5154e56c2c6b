using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Paths;

public sealed class ShortestPathTreeTests
{
    private static readonly RootKind[][] Tiers =
    [
        [RootKind.StaticField, RootKind.ThreadStatic],
        [RootKind.StrongHandle, RootKind.PinnedHandle, RootKind.AsyncPinnedHandle, RootKind.RefCountedHandle, RootKind.SizedRefHandle],
        [RootKind.Stack],
        [RootKind.FinalizerQueue, RootKind.RuntimeTable],
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 300)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Build_RandomHeap_IsShortestWithinTheFirstTierThatReaches(int seed)
    {
        using HeapGraph graph = RandomHeap.Of(seed);
        Dictionary<int, int> expected = [];
        foreach (RootKind[] tier in Tiers)
        {
            foreach (var (node, distance) in NaiveSearch.Distances(graph, graph.Roots.Where(root => tier.Contains(root.Kind)), expected.Keys.ToHashSet()))
            {
                expected.Add(node, distance);
            }
        }

        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Count, tree.ReachedCount);
        Assert.Equal(expected.Keys.Order(), tree.Order.ToArray().Order());
        for (int node = 0; node < graph.NodeCount; node++)
        {
            var path = tree.PathTo(new NodeIndex(node));
            Assert.Equal(expected.TryGetValue(node, out int distance) ? distance + 1 : 0, path.Length);
            Assert.Equal(path.Length > 0, tree.IsReached(new NodeIndex(node)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void PathTo_RandomHeap_FollowsEdgesThatExist(int seed)
    {
        using HeapGraph graph = RandomHeap.Of(seed);
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        foreach (int node in tree.Order)
        {
            var path = tree.PathTo(new NodeIndex(node));
            Assert.Equal(path[0], graph.Roots[tree.RootIndexOf(path[0])].Target);
            for (int step = 1; step < path.Length; step++)
            {
                var edges = graph.TargetsOf(path[step - 1]).ToArray().Zip(graph.SlotsOf(path[step - 1]).ToArray());
                Assert.Contains((path[step].Value, tree.SlotOf(path[step])), edges);
                Assert.Equal(-1, tree.RootIndexOf(path[step]));
            }
        }
    }

    [Theory]
    [InlineData("Shop.Cache.all", "Shop.Cache.all")]
    [InlineData("System.Net.Engine.all", "Shop.Program.Main")]
    public void Way_FromSeveralRoots_IsThatOfTheProgramBeforeThatOfTheFramework(string field, string expected)
    {
        using HeapGraph graph = Heap.Of(h =>
        {
            HeapObject order = h.Object("Shop.Order");
            h.Root(RootKind.StrongHandle, "handle").To(order);
            h.Stack("Shop.Worker.Run", 2).To(order);
            h.Stack("Shop.Program.Main", 1).To(h.Object("Shop.Program", ("orders", h.Object("Shop.Orders", ("first", order)))));
            h.Static(field).To(h.Object("Table", ("entry", order)));
        });
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.Equal(expected, graph.Roots[tree.RootIndexOf(tree.PathTo(new NodeIndex(0))[0])].Name);
    }

    [Fact]
    public void Build_StackIsNearerThanStatic_TakesTheStatic()
    {
        HeapObject leaf = null!;
        using HeapGraph graph = Heap.Of(h =>
        {
            leaf = h.Object("Leaf");
            h.Root(RootKind.Stack, "Program.Main()").To(leaf);
            h.Static("Shop.Cache.all").To(h.Object("A", ("b", h.Object("B", ("leaf", leaf)))));
        });

        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);

        Assert.Equal(3, tree.PathTo(leaf.Node).Length);
    }

    [Fact]
    public void MemoryBytes_OfATree_Is9BytesANode()
    {
        using HeapGraph graph = RandomHeap.Of(3);
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        Assert.Equal(9L * graph.NodeCount, tree.MemoryBytes);
    }

    [Fact]
    public void Build_Cancelled_Stops()
    {
        using HeapGraph graph = Heap.Of(h => h.Static("S").To(h.Object("A")));
        Assert.Throws<OperationCanceledException>(() => ShortestPathTree.Build(graph, new CancellationToken(canceled: true)));
    }
}
