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

    public GraphArenas(long heapBytes)
    {
        HeapBytes = heapBytes;
        long nodes = (heapBytes / 24) + 2;
        long edges = (heapBytes / 8) + 65536;
        types = new NativeArena(nodes * sizeof(uint));
        sizes = new NativeArena(nodes * sizeof(uint));
        firstEdges = new NativeArena(nodes * sizeof(uint));
        targets = new NativeArena(edges * sizeof(uint));
        slots = new NativeArena(edges);
    }

    public long HeapBytes { get; }

    public uint* Types => (uint*)types.Pointer;

    public uint* Sizes => (uint*)sizes.Pointer;

    public uint* FirstEdges => (uint*)firstEdges.Pointer;

    public uint* Targets => (uint*)targets.Pointer;

    public byte* Slots => slots.Pointer;

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

    public void Dispose()
    {
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
