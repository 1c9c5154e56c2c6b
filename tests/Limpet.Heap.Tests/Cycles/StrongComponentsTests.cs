using Limpet.Heap.Cycles;

namespace Limpet.Heap.Tests.Cycles;

public sealed class StrongComponentsTests
{
    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Find_HundredRandomHeaps_AreObjectsThatReachEachOther(int block)
    {
        for (int seed = block * 100; seed < (block + 1) * 100; seed++)
        {
            using HeapGraph graph = RandomHeap.Of(seed);
            using StrongComponents components = StrongComponents.Find(graph, TestContext.Current.CancellationToken);
            bool[][] reaches = [.. Enumerable.Range(0, graph.NodeCount).Select(node => ReachedFrom(graph, node))];
            for (int node = 0; node < graph.NodeCount; node++)
            {
                bool inOne = false;
                for (int other = 0; other < graph.NodeCount; other++)
                {
                    bool together = node != other && reaches[node][other] && reaches[other][node];
                    inOne |= together;
                    int component = components.ComponentOf(new NodeIndex(node));
                    Assert.True(
                        node == other || together == (component >= 0 && component == components.ComponentOf(new NodeIndex(other))),
                        $"seed {seed}: {node} and {other}");
                }

                Assert.Equal(inOne, components.ComponentOf(new NodeIndex(node)) >= 0);
                Assert.InRange(components.ComponentOf(new NodeIndex(node)), -1, components.Count - 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Of_RandomHeaps_CountsObjectsBytesAndMutualPairs(int block)
    {
        using HeapGraph graph = RandomHeap.Of(block);
        using StrongComponents components = StrongComponents.Find(graph, TestContext.Current.CancellationToken);
        bool[] reached = DominatorDefinition.ReachedWithout(graph, -1);

        var shapes = ComponentShapes.Of(components, node => reached[node.Value], TestContext.Current.CancellationToken);

        NodeIndex[] members = [.. Enumerable.Range(0, graph.NodeCount).Select(node => new NodeIndex(node)).Where(node => components.ComponentOf(node) >= 0)];
        int mutual = members.Sum(node => members.Count(other =>
            node.Value < other.Value && graph.TargetsOf(node).Contains(other.Value) && graph.TargetsOf(other).Contains(node.Value)));
        Assert.Equal(components.Count, shapes.Sum(shape => shape.Count));
        Assert.Equal(members.Length, shapes.Sum(shape => shape.Count * shape.Objects));
        Assert.Equal(members.Sum(graph.SizeOf), shapes.Sum(shape => shape.Bytes));
        Assert.Equal(mutual, shapes.Sum(shape => shape.Count * shape.MutualPairs));
        Assert.All(shapes, shape => Assert.Equal(shape.Objects, shape.Types.Sum(type => type.Count)));
        Assert.All(shapes, shape => Assert.Equal(reached[shape.Representative.Value], shape.Rooted));
    }

    [Fact]
    public void Find_AcyclicChainAndSelfReference_HasNone()
    {
        using HeapGraph graph = Heap.Of(h =>
        {
            h.Chain("A", "b", "B", "c", "C");
            HeapObject handler = h.Object("Handler");
            handler.Set("_target", handler);
        });
        using StrongComponents components = StrongComponents.Find(graph, TestContext.Current.CancellationToken);

        Assert.Equal(0, components.Count);
        Assert.Empty(ComponentShapes.Of(components, _ => true, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Of_ManyPairsOfOneShape_AreOneLine()
    {
        using HeapGraph graph = Heap.Of(h =>
        {
            HeapObject rooted = Pair(h);
            h.Static("Shop.node").To(rooted);
            for (int pair = 0; pair < 3; pair++)
            {
                Pair(h);
            }
        });
        using StrongComponents components = StrongComponents.Find(graph, TestContext.Current.CancellationToken);

        var shapes = ComponentShapes.Of(components, node => node.Value < 2, TestContext.Current.CancellationToken);

        Assert.Equal([(1L, 2, 1L, true), (3L, 2, 1L, false)], shapes.OrderBy(shape => shape.Count).Select(shape => (shape.Count, shape.Objects, shape.MutualPairs, shape.Rooted)));
        Assert.All(shapes, shape => Assert.Equal(["Child", "Parent"], shape.Types.Select(type => graph.Types[type.Type.Value].Name)));
    }

    [Fact]
    public void Find_DoublyLinkedListOfFiveMillion_IsOneComponentOfPairs()
    {
        using HeapGraph graph = LargeHeaps.DoublyLinked(LargeHeaps.Nodes);
        using StrongComponents components = StrongComponents.Find(graph, TestContext.Current.CancellationToken);

        ComponentShape shape = Assert.Single(ComponentShapes.Of(components, _ => true, TestContext.Current.CancellationToken));
        Assert.Equal((1L, LargeHeaps.Nodes, LargeHeaps.Nodes - 1L), (shape.Count, shape.Objects, shape.MutualPairs));
    }

    [Fact]
    public void Find_ListAndArrayOfFiveMillion_HaveNone()
    {
        using HeapGraph list = LargeHeaps.List(LargeHeaps.Nodes);
        using HeapGraph array = LargeHeaps.Array(LargeHeaps.Nodes);
        using StrongComponents ofList = StrongComponents.Find(list, TestContext.Current.CancellationToken);
        using StrongComponents ofArray = StrongComponents.Find(array, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (ofList.Count, ofArray.Count));
        Assert.Equal(4L * (LargeHeaps.Nodes + 1), ofList.MemoryBytes);
    }

    private static HeapObject Pair(Heap heap)
    {
        HeapObject parent = heap.Object("Parent");
        return parent.Set("child", heap.Object("Child", ("parent", parent)));
    }

    private static bool[] ReachedFrom(HeapGraph graph, int start)
    {
        bool[] reached = new bool[graph.NodeCount];
        Stack<int> open = new(graph.TargetsOf(new NodeIndex(start)).ToArray());
        while (open.TryPop(out int node))
        {
            if (!reached[node])
            {
                reached[node] = true;
                foreach (int target in graph.TargetsOf(new NodeIndex(node)))
                {
                    open.Push(target);
                }
            }
        }

        return reached;
    }
}
