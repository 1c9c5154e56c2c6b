using System.Collections.Immutable;
using System.Numerics;
using Limpet.Heap;

namespace Limpet.Capture.Files;

/// <summary>
/// The arrays of a graph that comes from a file, until they are known to be sound: algorithms follow them without looking whether
/// an index lies in range. O(nodes + edges), one pass over each array.
/// </summary>
internal sealed unsafe class GraphParts : IDisposable
{
    private const int WordsPerGroup = 4; // segments share no group of 256 bits: AddressMap counts by groups
    private const int BitsPerGroup = WordsPerGroup * 64;
    private bool handedOut;

    public NativeArray<uint> Types { get; set; } = new(0);

    public NativeArray<uint> Sizes { get; set; } = new(0);

    public NativeArray<uint> FirstEdges { get; set; } = new(0);

    public NativeArray<int> Targets { get; set; } = new(0);

    public NativeArray<byte> Slots { get; set; } = new(0);

    public NativeArray<ulong> AddressBits { get; set; } = new(0);

    public int NodeCount => (int)Types.Length;

    public HeapGraph ToGraph(
        ImmutableArray<HeapType> types,
        ImmutableArray<HeapSegment> segments,
        ImmutableArray<GcRoot> roots,
        NodeFacts facts,
        ImmutableDictionary<ulong, MethodName> methods,
        ImmutableDictionary<string, Version> versions,
        string? incompleteReason)
    {
        handedOut = true;
        return new HeapGraph(Types, Sizes, FirstEdges, Targets, Slots, new AddressMap(AddressBits, segments), types, roots)
        {
            Facts = facts,
            Methods = methods,
            ModuleVersions = versions,
            IncompleteReason = incompleteReason,
        };
    }

    /// <exception cref="HeapFileException">Something is not as a graph must be.</exception>
    public void Check(int typeCount, ImmutableArray<HeapSegment> segments, CancellationToken cancellation)
    {
        CheckLengths();
        cancellation.ThrowIfCancellationRequested();
        CheckNodes((uint)typeCount);
        cancellation.ThrowIfCancellationRequested();
        CheckTargets();
        cancellation.ThrowIfCancellationRequested();
        CheckSegments(segments);
    }

    public void Dispose()
    {
        if (!handedOut)
        {
            Types.Dispose();
            Sizes.Dispose();
            FirstEdges.Dispose();
            Targets.Dispose();
            Slots.Dispose();
            AddressBits.Dispose();
        }
    }

    private void CheckLengths()
    {
        if (Types.Length >= int.MaxValue || Sizes.Length != Types.Length || FirstEdges.Length != Types.Length + 1)
        {
            throw Altered($"it has {Types.Length} types, {Sizes.Length} sizes and {FirstEdges.Length - 1} edge lists for its objects");
        }

        if (Targets.Length != Slots.Length || FirstEdges.Pointer[0] != 0 || FirstEdges.Pointer[NodeCount] != Targets.Length)
        {
            throw Altered($"it has {Targets.Length} targets, {Slots.Length} slots and {FirstEdges.Pointer[NodeCount]} edges");
        }
    }

    private void CheckNodes(uint typeCount)
    {
        for (int node = 0; node < NodeCount; node++)
        {
            if (Types.Pointer[node] >= typeCount)
            {
                throw Altered($"object {node} has type {Types.Pointer[node]} of {typeCount}");
            }

            if (FirstEdges.Pointer[node] > FirstEdges.Pointer[node + 1L])
            {
                throw Altered($"the edges of object {node} end before they begin");
            }

            if (FirstEdges.Pointer[node + 1L] - FirstEdges.Pointer[node] > int.MaxValue)
            {
                throw Altered($"object {node} has more references than an object can have");
            }
        }
    }

    private void CheckTargets()
    {
        uint nodes = (uint)NodeCount;
        for (long edge = 0; edge < Targets.Length; edge++)
        {
            if ((uint)Targets.Pointer[edge] >= nodes)
            {
                throw Altered($"reference {edge} goes to object {Targets.Pointer[edge]} of {nodes}");
            }
        }
    }

    private void CheckSegments(ImmutableArray<HeapSegment> segments)
    {
        ulong end = 0;
        foreach (HeapSegment segment in segments.OrderBy(segment => segment.Start))
        {
            if (segment.Start < end || segment.End < segment.Start || segment.Start % 8 != 0)
            {
                throw Altered($"the segment at {segment.Start:x} overlaps another or ends before it begins");
            }

            end = segment.End;
        }

        long group = 0;
        foreach (HeapSegment segment in segments.OrderBy(segment => segment.FirstGranule))
        {
            // In 128 bits: a granule from a file can be any number.
            Int128 granules = Math.Max(1, ((segment.End - segment.Start) / 8) + ((segment.End - segment.Start) % 8 == 0 ? 0UL : 1));
            Int128 bits = (Int128)AddressBits.Length * 64;
            if (segment.FirstGranule < 0 || segment.FirstGranule + granules > bits || segment.FirstGranule / BitsPerGroup < group)
            {
                throw Altered($"the address bits of the segment at {segment.Start:x} lie outside the section or in those of another");
            }

            CheckBits(segment, (long)granules);
            group = (segment.FirstGranule + (long)granules + BitsPerGroup - 1) / BitsPerGroup;
        }

        int node = 0;
        foreach (HeapSegment segment in segments.Where(segment => segment.NodeCount > 0).OrderBy(segment => segment.FirstNode))
        {
            if (segment.FirstNode != node)
            {
                throw Altered($"the objects of the segment at {segment.Start:x} begin with {segment.FirstNode} and not with {node}");
            }

            node += segment.NodeCount; // no overflow: the bits have been counted
        }

        if (node != NodeCount)
        {
            throw Altered($"its segments have {node} objects and not {NodeCount}");
        }
    }

    /// <summary>As many objects begin in the segment as it states, and none in the rest of its groups.</summary>
    private void CheckBits(HeapSegment segment, long granules)
    {
        long objects = 0;
        long all = 0;
        long firstWord = segment.FirstGranule / BitsPerGroup * WordsPerGroup;
        long endWord = Math.Min(AddressBits.Length, (segment.FirstGranule + granules + BitsPerGroup - 1) / BitsPerGroup * WordsPerGroup);
        for (long word = firstWord; word < endWord; word++)
        {
            ulong bits = AddressBits.Pointer[word];
            all += BitOperations.PopCount(bits);
            objects += BitOperations.PopCount(bits & Below((segment.FirstGranule + granules) - (word * 64)) & ~Below(segment.FirstGranule - (word * 64)));
        }

        if (objects != segment.NodeCount || all != objects || segment.FirstNode < 0 || segment.FirstNode > NodeCount - segment.NodeCount)
        {
            throw Altered($"{all} objects begin in the segment at {segment.Start:x}, which states {segment.NodeCount}");
        }

        // The objects of a segment lie inside it, one behind the other.
        ulong bytes = 0;
        for (long node = segment.FirstNode; node < segment.FirstNode + (long)segment.NodeCount; node++)
        {
            bytes += Sizes.Pointer[node] * 8UL;
        }

        if (bytes > (ulong)granules * 8)
        {
            throw Altered($"the objects of the segment at {segment.Start:x} are larger than it is");
        }
    }

    /// <summary>The lowest bits of a word, as many as asked: all for 64 and more, none for 0 and less.</summary>
    private static ulong Below(long bits) => bits >= 64 ? ulong.MaxValue : bits <= 0 ? 0 : (1UL << (int)bits) - 1;

    private static HeapFileException Altered(string what) => new($"it was altered: {what}.");
}
