namespace Limpet.Heap.Tests.Graph;

public sealed class HeapGraphTests
{
    [Fact]
    public void MemoryBytes_Of75ByteObjectsWithTwoAndAThirdReferences_StaysWithin16BytesANodeAnd4AnEdge()
    {
        const int Nodes = 30_000;
        const int Edges = Nodes * 7 / 3;
        using HeapGraph graph = HeapArrays.ToGraph(
            new uint[Nodes],
            [.. Enumerable.Repeat(72L, Nodes)],
            [.. Enumerable.Range(0, Nodes + 1).Select(node => (uint)((long)Edges * node / Nodes))],
            new int[Edges],
            new byte[Edges],
            [new HeapType("T")],
            []);

        Assert.InRange(graph.MemoryBytes, 0, (long)(1.01 * ((Nodes * 16L) + (Edges * 4L))));
        Assert.Equal((Nodes * 12L) + 4 + (Edges * 5L) + graph.Addresses.MemoryBytes, graph.MemoryBytes);
    }

    [Fact]
    public void LabelOf_FieldsElementsAndHandles_NamesThem()
    {
        HeapObject held = null!;
        using HeapGraph graph = Heap.Of(h =>
        {
            held = h.Object("Held");
            h.Object("Holder", ("first", held), ("second", held)).Set("(dependent)", held);
            h.Array("Held[]", held);
            h.Structs("Pair[]", ("key", held));
        });

        string[] labels =
        [
            .. Enumerable.Range(0, graph.NodeCount).Select(node => new NodeIndex(node)).SelectMany(node =>
                graph.SlotsOf(node).ToArray().Select(slot => $"{graph.TypeOf(node)} {graph.LabelOf(node, slot).Kind} {graph.LabelOf(node, slot).Member}")),
        ];

        Assert.Equal(
            """
            Holder Field first
            Holder Field second
            Holder DependentHandle (dependent handle)
            Held[] ArrayElement [x]
            Pair[] ArrayElement [x].key
            """,
            string.Join('\n', labels));
    }
}
