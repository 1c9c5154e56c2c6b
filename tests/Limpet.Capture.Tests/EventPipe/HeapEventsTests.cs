using System.Buffers.Binary;
using System.Text;
using Limpet.Capture.EventPipe;
using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Capture.Tests.EventPipe;

/// <summary>Events of a heap walk, drawn: one root → A → B → C, all of one type.</summary>
public sealed class HeapEventsTests
{
    private const ulong A = 0x10000;
    private const ulong B = 0x10018;
    private const ulong C = 0x7000000;

    [Fact]
    public void Build_WholeWalk_IsComplete()
    {
        using HeapEvents events = Draw();
        using HeapGraph graph = Build(events);
        Assert.Null(graph.IncompleteReason);
        Assert.Equal(3, graph.NodeCount);
        Assert.Equal(2, graph.EdgeCount);
        Assert.True(graph.Addresses.TryFind(C, out NodeIndex last));
        Assert.Equal("Shop.Order", graph.TypeOf(last).Name);
        Assert.Equal(24, graph.SizeOf(last));
    }

    [Fact]
    public void Build_NodeEventLost_SaysSo() => Expect("1 events of the heap walk were lost, with hundreds of objects or references each" + Room, Draw(secondNodes: 2));

    [Fact]
    public void Build_EdgeEventLost_SaysSo() => Expect("the objects have 2 references, and 0 came", Draw(edges: false));

    [Fact]
    public void Build_StreamLostEvents_SaysSo() => Expect("7 events were lost: the runtime wrote faster than they were read" + Room, Draw(), eventsLost: 7);

    [Fact]
    public void Build_NoEndOfTheCollection_SaysSo() => Expect("the end of the collection did not come: objects may be missing", Draw(end: false));

    [Fact]
    public void Build_TargetThatIsNoObject_SaysSo() => Expect("1 references lead to objects that did not come", Draw(last: C + 0x1000));

    [Fact]
    public void Build_NoRoot_SaysSo() => Expect("no root came", Draw(root: 0));

    [Fact]
    public void Build_WeakRootOnly_IsNoRoot() => Expect("no root came", Draw(rootFlags: 2));

    [Fact]
    public void Build_StretchesThatInterleave_AreInTheOrderOfAddresses()
    {
        using HeapEvents events = new();
        events.BeginCollection(5);
        events.AddTypes(Order());
        events.AddRoots(Root(A, 0));
        events.AddNodes(Nodes(0, (A + 0x48, 0)));
        events.AddNodes(Nodes(1, (A, 1), (A + 0x90, 1)));
        events.AddEdges(Edges(A + 0x90, A + 0x48));
        events.EndCollection(5);
        using HeapGraph graph = Build(events);
        Assert.Null(graph.IncompleteReason);
        Assert.Equal([A, A + 0x48, A + 0x90], Enumerable.Range(0, graph.NodeCount).Select(node => graph.Addresses.AddressOf(new NodeIndex(node))));
        Assert.Equal([2], graph.TargetsOf(new NodeIndex(0)).ToArray());
        Assert.Equal([1], graph.TargetsOf(new NodeIndex(2)).ToArray());
    }

    [Fact]
    public void Build_RootOfTheLastOnly_SaysSo() => Expect("of 2 objects that refer to others no root reaches 2: roots are missing", Draw(root: C));

    [Fact]
    public void Build_RootOfTheLastOnlyAmongManyThatReferToNothing_SaysSo()
    {
        using HeapEvents events = new();
        events.BeginCollection(5);
        events.AddTypes(Order());
        events.AddRoots(Root(C, 0));
        events.AddNodes(Nodes(0, [.. Enumerable.Range(0, 1_000).Select(node => (C + ((ulong)node * 24), 0UL))]));
        events.AddNodes(Nodes(1, (A, 1), (B, 1)));
        events.AddEdges(Edges(B, C));
        events.EndCollection(5);
        using HeapGraph graph = Build(events);
        Assert.Equal("of 2 objects that refer to others no root reaches 2: roots are missing", graph.IncompleteReason);
    }

    [Fact]
    public void Build_TypeWithoutDescription_SaysSo() => Expect("1 types have no name", Draw(types: false));

    [Fact]
    public void Build_Nothing_SaysSo() => Expect("no object came: the runtime did not walk its heap", new HeapEvents());

    [Fact]
    public void Build_ObjectInsideOfAnother_SaysSo() => Expect("1 objects lie where none can lie", Draw(second: A + 8));

    [Theory]
    [InlineData(false, RootKind.StaticField, "")]
    [InlineData(true, RootKind.StrongHandle, "no static field is named: another collection came between the walk of the heap and its 1 static fields, and may have moved what they hold. Capture again for their names")]
    public void AddStatics_AfterAnotherCollection_AreLeftOutAndWarnedOf(bool another, RootKind first, string warning)
    {
        using HeapEvents events = Draw();
        if (another)
        {
            events.BeginCollection(6);
        }

        events.AddStatics([.. Words(1), .. Longs(1), 0, 0, .. Longs(0, B, 77), .. Words(0), .. Encoding.Unicode.GetBytes("s_last\0")]);
        using HeapGraph graph = Build(events);
        Assert.Equal(first, graph.Roots[0].Kind);
        Assert.Equal(warning, string.Join('|', EventHeap.WarningsOf(events)));
    }

    [Fact]
    public void AddNodes_OfASecondWalk_AreLeftOut()
    {
        using HeapEvents events = Draw();
        events.AddNodes(Nodes(0, (0x900000, 0)));
        using HeapGraph graph = Build(events);
        Assert.Null(graph.IncompleteReason);
        Assert.Equal(3, graph.NodeCount);
    }

    [Fact]
    public void Add_AfterDispose_IsDropped()
    {
        // The thread that reads the stream may still run when whoever waited for it has given up.
        HeapEvents events = new();
        events.BeginCollection(5);
        events.AddNodes(Nodes(0, (A, 1)));
        events.Dispose();
        events.AddNodes(Nodes(1, (B, 1)));
        events.AddEdges(Edges(B));
        Assert.Equal((0, 0), (events.Addresses.Count, events.Targets.Count));
    }

    [Fact]
    public void AddNodes_CutEvent_IsRefused()
    {
        using HeapEvents events = new();
        byte[] whole = Nodes(0, (A, 0));
        Assert.Throws<InvalidDataException>(() => events.AddNodes(whole.AsSpan(0, whole.Length - 1)));
    }

    private static HeapEvents Draw(uint secondNodes = 1, bool edges = true, bool end = true, ulong last = C, ulong root = A, bool types = true, ulong second = B, uint rootFlags = 0)
    {
        HeapEvents events = new();
        events.BeginCollection(5);
        if (types)
        {
            events.AddTypes(Order());
        }

        events.AddRoots(Root(root, rootFlags));

        // The last one lies far behind the others and comes first, as objects of an older generation do.
        events.AddNodes(Nodes(0, (C, 0)));
        events.AddNodes(Nodes(secondNodes, (A, 1), (second, 1)));
        if (edges)
        {
            events.AddEdges(Edges(second == B ? B : C, last));
        }

        if (end)
        {
            events.EndCollection(5);
        }

        return events;
    }

    private const string Room = "; it may keep 2.00 MiB that is not read yet, by the memory that the process may still have: leave it more, or capture when the machine is less busy";

    private static void Expect(string reason, HeapEvents events, long eventsLost = 0)
    {
        using (events)
        {
            using HeapGraph graph = Build(events, eventsLost);
            Assert.Equal(reason, graph.IncompleteReason);
        }
    }

    private static HeapGraph Build(HeapEvents events, long eventsLost = 0)
    {
        using EventModules modules = EventModules.Open([], []);
        using EventGraph graph = new(events, modules, eventsLost, new ByteSize(2 << 20), TestContext.Current.CancellationToken);
        return graph.Build();
    }

    private static byte[] Order() => [.. Words(1), 0, 0, .. Longs(77, 1), .. Words(0, 0), 18, .. Encoding.Unicode.GetBytes("Shop.Order\0"), .. Words(0)];

    private static byte[] Root(ulong address, uint flags) => [.. Words(0, 1), 0, 0, .. Longs(address), 2, .. Words(flags), .. Longs(0)];

    private static byte[] Edges(params ulong[] targets) => [.. Words(0, (uint)targets.Length), 0, 0, .. targets.SelectMany(target => (byte[])[.. Longs(target), .. Words(0)])];

    private static byte[] Nodes(uint index, params (ulong Address, ulong Edges)[] nodes) =>
        [.. Words(index, (uint)nodes.Length), 0, 0, .. nodes.SelectMany(node => Longs(node.Address, 24, 77, node.Edges))];

    private static byte[] Words(params uint[] values) => [.. values.SelectMany(value =>
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    })];

    private static byte[] Longs(params ulong[] values) => [.. values.SelectMany(value =>
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    })];
}
