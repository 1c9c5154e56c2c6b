namespace Limpet.Heap.Tests;

/// <summary>Shapes that overflow the stack of whoever recurses, or take forever with whoever searches twice. Objects take 24 bytes.</summary>
internal static class LargeHeaps
{
    public const int Nodes = 5_000_000;

    /// <summary>A list, object 0, and its nodes in a row.</summary>
    public static HeapGraph List(int nodes) => HeapArrays.ToGraph(
        TypesOf(nodes + 1),
        Sizes(nodes + 1),
        [.. Enumerable.Range(0, nodes + 2).Select(node => (uint)Math.Min(node, nodes))],
        [.. Enumerable.Range(1, nodes)],
        new byte[nodes],
        [new HeapType("Node", slotNames: ["next"]), new HeapType("List", slotNames: ["head"])],
        [new GcRoot(new NodeIndex(0), RootKind.StaticField, "Shop.list")]);

    /// <summary>An array, object 0, and its elements.</summary>
    public static HeapGraph Array(int elements)
    {
        uint[] firstEdges = new uint[elements + 2];
        firstEdges.AsSpan(1).Fill((uint)elements);
        byte[] slots = new byte[elements];
        slots.AsSpan().Fill(EdgeSlot.ArrayElement);
        return HeapArrays.ToGraph(
            TypesOf(elements + 1),
            Sizes(elements + 1),
            firstEdges,
            [.. Enumerable.Range(1, elements)],
            slots,
            [new HeapType("Order"), new HeapType("Order[]", traits: TypeTraits.Array)],
            [new GcRoot(new NodeIndex(0), RootKind.StaticField, "Shop.all")]);
    }

    /// <summary>Nodes that know the next and the one before.</summary>
    public static HeapGraph DoublyLinked(int nodes)
    {
        int[] targets = new int[(2 * nodes) - 2];
        uint[] firstEdges = new uint[nodes + 1];
        byte[] slots = new byte[targets.Length];
        int edge = 0;
        for (int node = 0; node < nodes; node++)
        {
            firstEdges[node] = (uint)edge;
            if (node < nodes - 1)
            {
                targets[edge++] = node + 1;
            }

            if (node > 0)
            {
                slots[edge] = 1;
                targets[edge++] = node - 1;
            }
        }

        firstEdges[nodes] = (uint)edge;
        return HeapArrays.ToGraph(
            new uint[nodes],
            Sizes(nodes),
            firstEdges,
            targets,
            slots,
            [new HeapType("Node", slotNames: ["next", "previous"])],
            [new GcRoot(new NodeIndex(0), RootKind.StaticField, "Shop.first")]);
    }

    private static uint[] TypesOf(int nodes)
    {
        uint[] types = new uint[nodes];
        types[0] = 1;
        return types;
    }

    private static long[] Sizes(int nodes)
    {
        long[] sizes = new long[nodes];
        sizes.AsSpan().Fill(24);
        return sizes;
    }
}
