using System.Collections.Immutable;
using System.Numerics;
using Limpet.Heap;
using Limpet.Heap.Strings;

namespace Limpet.Capture.Files;

/// <summary>
/// The arrays of a graph as they lie in a file. Algorithms follow them without looking whether an index lies in range, so each array is
/// checked before it is handed out: at the first look at it, with its checksum, and never where no question needs it. O(length) each.
/// </summary>
internal sealed unsafe class GraphParts : IDisposable
{
    private const int WordsPerGroup = 4; // segments share no group of 256 bits: AddressMap counts by groups
    private const int BitsPerGroup = WordsPerGroup * 64;
    private readonly HeapFileSections sections;
    private readonly ImmutableArray<HeapType> types;
    private readonly ImmutableArray<HeapSegment> segments;
    private int arraysInUse;

    /// <summary>Takes the sections over.</summary>
    /// <exception cref="HeapFileException">The arrays are missing, or their lengths do not fit each other.</exception>
    public GraphParts(HeapFileSections sections, ImmutableArray<HeapType> types, ImmutableArray<HeapSegment> segments)
    {
        this.sections = sections;
        this.types = types;
        this.segments = segments;
        Types = Array<uint>(SectionId.NodeTypes, CheckTypes);
        Sizes = Array<uint>(SectionId.NodeSizes, _ => { });
        FirstEdges = Array<uint>(SectionId.FirstEdges, CheckFirstEdges);
        Targets = Array<int>(SectionId.EdgeTargets, CheckTargets);
        Slots = Array<byte>(SectionId.EdgeSlots, _ => { });
        AddressBits = Array<ulong>(SectionId.AddressBits, CheckBits);
        if (sections.Has(SectionId.StringLengths) || sections.Has(SectionId.StringHashes))
        {
            StringLengths = Array<int>(SectionId.StringLengths, CheckStrings);
            StringHashes = Array<ulong>(SectionId.StringHashes, _ => { });
        }

        CheckLengths();
        CheckSegments();
    }

    public int NodeCount => (int)Types.Length;

    private NativeArray<uint> Types { get; }

    private NativeArray<uint> Sizes { get; }

    private NativeArray<uint> FirstEdges { get; }

    private NativeArray<int> Targets { get; }

    private NativeArray<byte> Slots { get; }

    private NativeArray<ulong> AddressBits { get; }

    private NativeArray<int>? StringLengths { get; }

    private NativeArray<ulong>? StringHashes { get; }

    /// <summary>The graph, which owns the arrays and with the last of them the file.</summary>
    public HeapGraph ToGraph(
        ImmutableArray<GcRoot> roots,
        NodeFacts facts,
        ImmutableDictionary<ulong, MethodName> methods,
        ImmutableDictionary<string, Version> versions,
        ImmutableDictionary<StringPrint, string>? texts,
        ImmutableArray<WeakHandle>? weak,
        string? incompleteReason) => new(Types, Sizes, FirstEdges, Targets, Slots, new AddressMap(AddressBits, segments, later: true), types, roots)
        {
            Facts = facts,
            WeakHandles = weak,
            Strings = StringLengths is null ? null : new HeapStrings(StringLengths, StringHashes!, texts),
            Methods = methods,
            ModuleVersions = versions,
            IncompleteReason = incompleteReason,
        };

    /// <summary>Looks at every array.</summary>
    /// <exception cref="Limpet.Results.LimpetException">One of them was altered.</exception>
    public void CheckAll(CancellationToken cancellation)
    {
        foreach (Func<nint> look in (Func<nint>[])[() => (nint)Types.Pointer, () => (nint)Sizes.Pointer, () => (nint)FirstEdges.Pointer, () => (nint)Targets.Pointer, () => (nint)Slots.Pointer, () => (nint)AddressBits.Pointer, () => StringLengths is null ? 0 : (nint)StringLengths.Pointer, () => StringHashes is null ? 0 : (nint)StringHashes.Pointer])
        {
            cancellation.ThrowIfCancellationRequested();
            look();
        }
    }

    public void Dispose()
    {
        Types.Dispose();
        Sizes.Dispose();
        FirstEdges.Dispose();
        Targets.Dispose();
        Slots.Dispose();
        AddressBits.Dispose();
        StringLengths?.Dispose();
        StringHashes?.Dispose();
    }

    private NativeArray<T> Array<T>(SectionId id, Action<nint> check)
        where T : unmanaged
    {
        SectionEntry section = sections.Find(id, sizeof(T));
        arraysInUse++;
        return new NativeArray<T>(
            section.Length / sizeof(T),
            () => sections.Guarded(() =>
            {
                nint at = (nint)sections.Checked(section);
                check(at);
                return at;
            }),
            () =>
            {
                if (Interlocked.Decrement(ref arraysInUse) == 0)
                {
                    sections.Dispose();
                }
            });
    }

    private void CheckLengths()
    {
        if (Types.Length >= int.MaxValue || Sizes.Length != Types.Length || FirstEdges.Length != Types.Length + 1)
        {
            throw Altered($"it has {Types.Length} types, {Sizes.Length} sizes and {FirstEdges.Length - 1} edge lists for its objects");
        }

        if (Targets.Length != Slots.Length)
        {
            throw Altered($"it has {Targets.Length} targets and {Slots.Length} slots");
        }

        if (StringLengths is not null && (StringLengths.Length != StringHashes!.Length || StringLengths.Length > NodeCount))
        {
            throw Altered($"it has {StringLengths.Length} lengths and {StringHashes!.Length} hashes for the strings among {NodeCount} objects");
        }
    }

    private void CheckTypes(nint at)
    {
        uint* types = (uint*)at;
        for (int node = 0; node < NodeCount; node++)
        {
            if (types[node] >= this.types.Length)
            {
                throw Altered($"object {node} has type {types[node]} of {this.types.Length}");
            }
        }
    }

    private void CheckFirstEdges(nint at)
    {
        uint* first = (uint*)at;
        if (first[0] != 0 || first[NodeCount] != Targets.Length)
        {
            throw Altered($"it has {Targets.Length} targets, {Slots.Length} slots and {first[NodeCount]} edges");
        }

        for (int node = 0; node < NodeCount; node++)
        {
            if (first[node] > first[node + 1L])
            {
                throw Altered($"the edges of object {node} end before they begin");
            }

            if (first[node + 1L] - first[node] > int.MaxValue)
            {
                throw Altered($"object {node} has more references than an object can have");
            }
        }
    }

    private void CheckTargets(nint at)
    {
        int* targets = (int*)at;
        uint nodes = (uint)NodeCount;
        for (long edge = 0; edge < Targets.Length; edge++)
        {
            if ((uint)targets[edge] >= nodes)
            {
                throw Altered($"reference {edge} goes to object {targets[edge]} of {nodes}");
            }
        }
    }

    /// <summary>There is one for each object that is a string, and it fits into it.</summary>
    private void CheckStrings(nint at)
    {
        int* lengths = (int*)at;
        bool[] isString = [.. types.Select(type => type.IsString)];
        uint* typeOf = Types.Pointer;
        uint* sizes = Sizes.Pointer;
        long strings = 0;
        for (int node = 0; node < NodeCount; node++)
        {
            if (!isString[typeOf[node]])
            {
                continue;
            }

            if (strings < StringLengths!.Length && (lengths[strings] < 0 || lengths[strings] * 2L > sizes[node] * 8L))
            {
                throw Altered($"the string at object {node} has {lengths[strings]} units in {sizes[node] * 8L} bytes");
            }

            strings++;
        }

        if (strings != StringLengths!.Length)
        {
            throw Altered($"it has {StringLengths.Length} lengths for {strings} strings");
        }
    }

    private void CheckBits(nint at)
    {
        foreach (HeapSegment segment in segments)
        {
            CheckBits((ulong*)at, segment);
        }
    }

    private void CheckSegments()
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

            group = (segment.FirstGranule + (long)granules + BitsPerGroup - 1) / BitsPerGroup;
        }

        long node = 0;
        foreach (HeapSegment segment in segments.Where(segment => segment.NodeCount > 0).OrderBy(segment => segment.FirstNode))
        {
            if (segment.FirstNode != node || segment.NodeCount > NodeCount - node)
            {
                throw Altered($"the objects of the segment at {segment.Start:x} begin with {segment.FirstNode} and not with {node}, or are too many");
            }

            node += segment.NodeCount;
        }

        if (node != NodeCount)
        {
            throw Altered($"its segments have {node} objects and not {NodeCount}");
        }
    }

    /// <summary>As many objects begin in the segment as it states, and none in the rest of its groups.</summary>
    private void CheckBits(ulong* words, HeapSegment segment)
    {
        long granules = Math.Max(1, (long)((segment.End - segment.Start) / 8) + ((segment.End - segment.Start) % 8 == 0 ? 0 : 1));
        long objects = 0;
        long all = 0;
        long firstWord = segment.FirstGranule / BitsPerGroup * WordsPerGroup;
        long endWord = Math.Min(AddressBits.Length, (segment.FirstGranule + granules + BitsPerGroup - 1) / BitsPerGroup * WordsPerGroup);
        for (long word = firstWord; word < endWord; word++)
        {
            ulong bits = words[word];
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
