using Limpet.Capture.Native;

namespace Limpet.Capture.Live;

/// <summary>
/// Where one worker writes nodes and edges. Reserved for the most that the heap could hold (an object takes at least 24 bytes, a
/// reference 8), touched only as far as there is something to write.
/// </summary>
internal sealed unsafe class GraphArenas : IDisposable
{
    private readonly NativeArena types;
    private readonly NativeArena sizes;
    private readonly NativeArena firstEdges;
    private readonly NativeArena targets;
    private readonly NativeArena slots;
    private readonly NativeArena? stringLengths;
    private readonly NativeArena? stringHashes;
    private readonly NativeArena? stringAddresses;

    public GraphArenas(long heapBytes, StringReading strings)
    {
        HeapBytes = heapBytes;
        long nodes = (heapBytes / 24) + 2;
        long edges = (heapBytes / 8) + 65536;
        types = new NativeArena(nodes * sizeof(uint));
        sizes = new NativeArena(nodes * sizeof(uint));
        firstEdges = new NativeArena(nodes * sizeof(uint));
        targets = new NativeArena(edges * sizeof(uint));
        slots = new NativeArena(edges);
        stringLengths = strings == StringReading.None ? null : new NativeArena(nodes * sizeof(int));
        stringHashes = strings == StringReading.None ? null : new NativeArena(nodes * sizeof(ulong));
        stringAddresses = strings == StringReading.Texts ? new NativeArena(nodes * sizeof(ulong)) : null;
    }

    public long HeapBytes { get; }

    public uint* Types => (uint*)types.Pointer;

    public uint* Sizes => (uint*)sizes.Pointer;

    public uint* FirstEdges => (uint*)firstEdges.Pointer;

    public uint* Targets => (uint*)targets.Pointer;

    public byte* Slots => slots.Pointer;

    /// <summary>Number of UTF-16 units, by string; null where strings are not read.</summary>
    public int* StringLengths => stringLengths is null ? null : (int*)stringLengths.Pointer;

    /// <summary>By string.</summary>
    public ulong* StringHashes => stringHashes is null ? null : (ulong*)stringHashes.Pointer;

    /// <summary>Where each string lies; null where texts are not read.</summary>
    public ulong* StringAddresses => stringAddresses is null ? null : (ulong*)stringAddresses.Pointer;

    /// <summary>Appends what another worker wrote. Its pages go over: the two are never both whole in memory, and nothing is touched for the first time.</summary>
    public void Append(GraphArenas other, int nodesHere, long edgesHere, int nodesThere, long edgesThere) => Parallel.Invoke(
        () => types.Append(nodesHere * 4L, other.types, nodesThere * 4L),
        () => sizes.Append(nodesHere * 4L, other.sizes, nodesThere * 4L),
        () => AppendFirstEdges(other, nodesHere, edgesHere, nodesThere),
        () => targets.Append(edgesHere * 4L, other.targets, edgesThere * 4L),
        () => slots.Append(edgesHere, other.slots, edgesThere));

    /// <summary>Appends what another worker wrote of strings.</summary>
    public void AppendStrings(GraphArenas other, int stringsHere, int stringsThere)
    {
        if (stringsThere > 0)
        {
            stringLengths!.Append(stringsHere * 4L, other.stringLengths!, stringsThere * 4L);
            stringHashes!.Append(stringsHere * 8L, other.stringHashes!, stringsThere * 8L);
        }
    }

    public void Dispose()
    {
        stringLengths?.Dispose();
        stringHashes?.Dispose();
        stringAddresses?.Dispose();
        types.Dispose();
        sizes.Dispose();
        firstEdges.Dispose();
        targets.Dispose();
        slots.Dispose();
    }

    private void AppendFirstEdges(GraphArenas other, int nodesHere, long edgesHere, int nodesThere)
    {
        firstEdges.Append(nodesHere * 4L, other.firstEdges, nodesThere * 4L);
        uint* appended = FirstEdges + nodesHere;
        for (int node = 0; node < nodesThere; node++)
        {
            appended[node] += (uint)edgesHere;
        }
    }
}
