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

    /// <summary>Appends what another worker wrote; frees its pages as they are read, so that the two are never both whole in memory.</summary>
    public void Append(GraphArenas other, int nodesHere, long edgesHere, int nodesThere, long edgesThere)
    {
        Move((byte*)other.Types, (byte*)(Types + nodesHere), nodesThere * 4L);
        Move((byte*)other.Sizes, (byte*)(Sizes + nodesHere), nodesThere * 4L);
        for (int node = 0; node < nodesThere; node++)
        {
            other.FirstEdges[node] += (uint)edgesHere;
        }

        Move((byte*)other.FirstEdges, (byte*)(FirstEdges + nodesHere), nodesThere * 4L);
        Move((byte*)other.Targets, (byte*)(Targets + edgesHere), edgesThere * 4L);
        Move(other.Slots, Slots + edgesHere, edgesThere);
    }

    /// <summary>Appends what another worker wrote of strings.</summary>
    public void AppendStrings(GraphArenas other, int stringsHere, int stringsThere)
    {
        if (stringsThere > 0)
        {
            Move((byte*)other.StringLengths, (byte*)(StringLengths + stringsHere), stringsThere * 4L);
            Move((byte*)other.StringHashes, (byte*)(StringHashes + stringsHere), stringsThere * 8L);
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

    private static void Move(byte* from, byte* to, long bytes)
    {
        const long Piece = 4 << 20;
        const int AdviseDontNeed = 4;
        for (long done = 0; done < bytes; done += Piece)
        {
            long length = Math.Min(Piece, bytes - done);
            Buffer.MemoryCopy(from + done, to + done, length, length);
            if (length == Piece)
            {
                _ = LibC.Advise(from + done, (nuint)Piece, AdviseDontNeed);
            }
        }
    }
}
