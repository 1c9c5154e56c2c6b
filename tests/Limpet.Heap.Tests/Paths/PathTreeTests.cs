using Limpet.Heap.Paths;

namespace Limpet.Heap.Tests.Paths;

public sealed class PathTreeTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Fact]
    public void Of_ListOfOrders_MergesByTypeAndMember() => AssertPaths(
        h => h.Static("Shop.Store.orders").To(h.Object("List<Order>", ("_items", h.Array("Order[]", Order(h), Order(h), Order(h))))),
        """
        StaticField Shop.Store.orders ⟶ List<Order>: 1, 24 B
        StaticField Shop.Store.orders ⟶ List<Order> ⟶ _items: Order[]: 1, 24 B
        StaticField Shop.Store.orders ⟶ List<Order> ⟶ _items: Order[] ⟶ [x]: Order: 3, 72 B
        StaticField Shop.Store.orders ⟶ List<Order> ⟶ _items: Order[] ⟶ [x]: Order ⟶ customer: Customer: 3, 72 B
        """);

    [Fact]
    public void Of_LinkedList_IsOnePathNode() => AssertPaths(
        h =>
        {
            HeapObject head = h.Object("Node");
            HeapObject tail = head;
            for (int length = 1; length < 1000; length++)
            {
                HeapObject next = h.Object("Node");
                tail.Set("next", next);
                tail = next;
            }

            h.Static("Shop.Store.head").To(h.Object("List", ("head", head)));
        },
        """
        StaticField Shop.Store.head ⟶ List: 1, 24 B
        StaticField Shop.Store.head ⟶ List ⟶ head: Node: 1000, 24000 B
        """);

    [Fact]
    public void Of_TwoTypesInTurn_CollapseToOneTurn() => AssertPaths(
        h =>
        {
            HeapObject first = h.Object("A");
            HeapObject last = first;
            for (int turn = 0; turn < 100; turn++)
            {
                HeapObject b = h.Object("B");
                HeapObject a = h.Object("A");
                last.Set("b", b);
                b.Set("a", a);
                last = a;
            }

            h.Static("Shop.Start").To(first);
        },
        """
        StaticField Shop.Start ⟶ A: 1, 24 B
        StaticField Shop.Start ⟶ A ⟶ b: B: 1, 24 B
        StaticField Shop.Start ⟶ A ⟶ b: B ⟶ a: A: 100, 2400 B
        StaticField Shop.Start ⟶ A ⟶ b: B ⟶ a: A ⟶ b: B: 99, 2376 B
        """);

    [Fact]
    public void Of_DictionaryInsideADictionary_StaysApart() => AssertPaths(
        h =>
        {
            HeapObject inner = h.Object("Dictionary", ("_entries", h.Structs("Entry[]", ("value", h.Object("X")))));
            HeapObject outer = h.Object("Dictionary", ("_entries", h.Structs("Entry[]", ("value", h.Object("B", ("items", inner))))));
            h.Static("Shop.Cache").To(outer);
        },
        """
        StaticField Shop.Cache ⟶ Dictionary: 1, 24 B
        StaticField Shop.Cache ⟶ Dictionary ⟶ _entries: Entry[]: 1, 24 B
        StaticField Shop.Cache ⟶ Dictionary ⟶ _entries: Entry[] ⟶ [x].value: B: 1, 24 B
        StaticField Shop.Cache ⟶ Dictionary ⟶ _entries: Entry[] ⟶ [x].value: B ⟶ items: Dictionary: 1, 24 B
        StaticField Shop.Cache ⟶ Dictionary ⟶ _entries: Entry[] ⟶ [x].value: B ⟶ items: Dictionary ⟶ _entries: Entry[]: 1, 24 B
        StaticField Shop.Cache ⟶ Dictionary ⟶ _entries: Entry[] ⟶ [x].value: B ⟶ items: Dictionary ⟶ _entries: Entry[] ⟶ [x].value: X: 1, 24 B
        """);

    [Fact]
    public void Of_TwoRootsOfOneName_AreOne() => AssertPaths(
        h =>
        {
            h.Root(RootKind.ThreadStatic, "Shop.Scope.current").To(h.Object("Scope"));
            h.Root(RootKind.ThreadStatic, "Shop.Scope.current").To(h.Object("Scope"));
        },
        """
        ThreadStatic Shop.Scope.current ⟶ Scope: 2, 48 B
        """);

    [Fact]
    public void Of_RandomRecursionOfManyTypes_StaysWithinTheDepthLimit()
    {
        Random random = new(7);
        using HeapGraph graph = Heap.Of(h =>
        {
            HeapObject last = h.Object("Start");
            h.Static("S").To(last);
            for (int step = 0; step < 5000; step++)
            {
                HeapObject next = h.Object($"T{random.Next(200)}");
                last.Set($"f{random.Next(3)}", next);
                last = next;
            }
        });

        HeapCensus census = HeapCensus.Take(graph, TestContext.Current.CancellationToken);

        Assert.Equal(5001, census.Paths.Nodes.Sum(node => node.Count));
        Assert.InRange(census.Paths.Nodes.Max(node => node.Depth), 20, 65);
    }

    [Fact]
    public void Take_MorePathsThanAreKept_CountsTheRestUnderTheRoot()
    {
        const int Types = 150_000;
        using HeapGraph graph = HeapArrays.ToGraph(
            [.. Enumerable.Range(0, Types).Select(type => (uint)type)],
            [.. Enumerable.Repeat(24L, Types)],
            [0, .. Enumerable.Repeat((uint)Types - 1, Types)],
            [.. Enumerable.Range(1, Types - 1)],
            [.. Enumerable.Repeat(EdgeSlot.ArrayElement, Types - 1)],
            [.. Enumerable.Range(0, Types).Select(type => new HeapType($"T{type}"))],
            [new GcRoot(new NodeIndex(0), RootKind.StaticField, "Shop.all")]);

        PathTree paths = HeapCensus.Take(graph, TestContext.Current.CancellationToken).Paths;

        Assert.Equal(100_001, paths.Nodes.Length);
        Assert.Equal(("(deeper)", 1, 50_001L), (paths.Nodes[^1].Type, paths.Nodes[^1].Depth, paths.Nodes[^1].Count));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Take_RandomHeap_CountsEveryReachableObjectOnce(int seed)
    {
        using HeapGraph graph = RandomHeap.Of(seed);
        Reachability reached = Reachability.From(graph, TestContext.Current.CancellationToken);

        HeapCensus census = HeapCensus.Take(graph, TestContext.Current.CancellationToken);

        Assert.Equal((reached.Count, reached.Bytes), (census.Objects, census.Bytes));
        Assert.Equal(reached.Count, census.Paths.Nodes.Sum(node => node.Count));
        Assert.Equal(reached.Bytes, census.Paths.Nodes.Sum(node => node.Bytes));
        Assert.Equal(reached.Bytes, Enumerable.Range(0, census.Paths.Nodes.Length).Where(index => census.Paths.Nodes[index].IsRoot).Sum(census.Paths.SubtreeBytesOf));
        Assert.All(census.Paths.Nodes, (node, index) => Assert.True(node.Parent < index));
        Assert.Equal(census.Paths.Nodes.Length, census.Paths.Nodes.Select(node => node.Id).Distinct().Count());
    }

    [Fact]
    public void Id_SamePathInAHeapLaidOutDifferently_IsTheSame()
    {
        static HeapGraph Make(int garbage, string otherRoot) => Heap.Of(h =>
        {
            for (int item = 0; item < garbage; item++)
            {
                h.Object($"Garbage{item}");
            }

            h.Static(otherRoot).To(h.Object("Other"));
            h.Static("Shop.Store.orders").To(h.Array("Order[]", Order(h)));
        });

        using HeapGraph first = Make(0, "Z");
        using HeapGraph second = Make(5, "A");

        ulong[] IdsOf(HeapGraph graph) =>
            [.. HeapCensus.Take(graph, TestContext.Current.CancellationToken).Paths.Nodes.Where(node => node.Root.Name == "Shop.Store.orders").Select(node => node.Id)];

        Assert.Equal(IdsOf(first), IdsOf(second));
        Assert.Equal(18137965681590498980UL, IdsOf(first)[^1]);
    }

    private static HeapObject Order(Heap h) => h.Object("Order", ("customer", h.Object("Customer")));

    private static void AssertPaths(Action<Heap> describe, string expected)
    {
        using HeapGraph graph = Heap.Of(describe);
        PathTree paths = HeapCensus.Take(graph, TestContext.Current.CancellationToken).Paths;
        Assert.Equal(
            expected,
            string.Join('\n', paths.Nodes
                .Select((node, index) => (node, Text: $"{paths.RawPathOf(index)}: {node.Count}, {node.Bytes} B"))
                .Where(entry => !entry.node.IsRoot)
                .Select(entry => entry.Text)));
    }
}
