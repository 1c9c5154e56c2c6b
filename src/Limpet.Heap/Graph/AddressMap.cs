using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Limpet.Heap;

/// <summary>
/// Maps addresses to nodes and back, exactly. One bit per 8 bytes of heap marks where an object begins; a rank directory counts
/// the bits before every 256th, so that an address is one directory entry and at most four population counts away from its node.
/// Memory: 1/64 of the heap for the bits and 1/512 for the directory: 1.3 bytes for an object of 75 bytes. O(1) from address to
/// node, O(log n) back.
/// </summary>
public sealed unsafe class AddressMap : IDisposable
{
    private const int WordsPerEntry = 4;
    private readonly NativeArray<ulong> bits;
    private readonly NativeArray<uint> directory;
    private readonly ImmutableArray<HeapSegment> byAddress;
    private readonly ImmutableArray<HeapSegment> byNode;
    private readonly ulong[] starts;

    /// <summary>Creates the map. It takes over <paramref name="bits"/>.</summary>
    /// <param name="bits">One bit a granule; no two segments share a group of 256 bits (2 KiB of heap).</param>
    /// <param name="segments">The segments.</param>
    /// <param name="later">Whether the bits are looked at only when an address is asked for.</param>
    public AddressMap(NativeArray<ulong> bits, ImmutableArray<HeapSegment> segments, bool later = false)
    {
        this.bits = bits;
        byAddress = [.. segments.OrderBy(segment => segment.Start)];
        byNode = [.. segments.Where(segment => segment.NodeCount > 0).OrderBy(segment => segment.FirstNode)];
        starts = [.. byAddress.Select(segment => segment.Start)];
        long entries = (bits.Length / WordsPerEntry) + 1;
        if (later)
        {
            NativeArray<uint>? made = null;
            directory = new NativeArray<uint>(entries, () => (nint)(made = Directory(entries)).Pointer, () => made?.Dispose());
        }
        else
        {
            directory = Directory(entries);
        }
    }

    /// <summary>The segments in address order.</summary>
    public ImmutableArray<HeapSegment> Segments => byAddress;

    /// <summary>The bits, 64 a word, for writing them out.</summary>
    public ulong* Words => bits.Pointer;

    /// <summary>Number of <see cref="Words"/>.</summary>
    public long WordCount => bits.Length;

    /// <summary>Bytes that the map takes.</summary>
    public long MemoryBytes => (bits.Length * sizeof(ulong)) + (directory.Length * sizeof(uint));

    /// <summary>The node of the object that begins at granule <paramref name="granule"/>, or -1 where none begins.</summary>
    public int NodeOfGranule(long granule) => NodeOfGranule(bits.Pointer, directory.Pointer, granule);

    /// <summary>
    /// Replaces granules by the nodes that begin there, where they stand, and by -1 where none begins; returns how many those are. Compiled once and for good: a first
    /// capture passes here tens of millions of times before the runtime would have found that worth its while, and that took three times as long.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long ToNodes(uint* granules, long count)
    {
        ulong* words = bits.Pointer;
        uint* entries = directory.Pointer;
        long none = 0;
        for (long index = 0; index < count; index++)
        {
            int node = NodeOfGranule(words, entries, granules[index]);
            granules[index] = (uint)node;
            none += node < 0 ? 1 : 0;
        }

        return none;
    }

    /// <summary>Finds the object that begins at <paramref name="address"/>.</summary>
    public bool TryFind(ulong address, out NodeIndex node)
    {
        HeapSegment? segment = SegmentOf(address);
        int found = segment is null || (address & 7) != 0 ? -1 : NodeOfGranule(GranuleOf(segment, address));
        node = new NodeIndex(found);
        return found >= 0;
    }

    /// <summary>Finds the nearest object that begins at or before <paramref name="address"/> in its segment. Whether it reaches as far as the address is for the caller to check.</summary>
    public bool TryFindAtOrBefore(ulong address, out NodeIndex node)
    {
        node = NodeIndex.None;
        if (SegmentOf(address) is not { } segment)
        {
            return false;
        }

        long granule = GranuleOf(segment, address & ~7UL);
        long word = granule >> 6;
        ulong candidates = bits[word] & (ulong.MaxValue >> (63 - (int)(granule & 63)));
        long firstWord = segment.FirstGranule >> 6;
        while (candidates == 0 && word > firstWord)
        {
            candidates = bits[--word];
        }

        if (candidates == 0)
        {
            return false;
        }

        node = new NodeIndex(NodeOfGranule((word << 6) + BitOperations.Log2(candidates)));
        return true;
    }

    /// <summary>The address of <paramref name="node"/>.</summary>
    public ulong AddressOf(NodeIndex node)
    {
        HeapSegment segment = SegmentOf(node);
        long low = segment.FirstGranule / 64 / WordsPerEntry;
        long high = (segment.FirstGranule + GranulesOf(segment) - 1) / 64 / WordsPerEntry;
        while (low < high)
        {
            long middle = (low + high + 1) / 2;
            if (directory[middle] <= (uint)node.Value)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        uint remaining = (uint)node.Value - directory[low];
        long word = low * WordsPerEntry;
        for (uint count; remaining >= (count = (uint)BitOperations.PopCount(bits[word])); word++)
        {
            remaining -= count;
        }

        ulong value = bits[word];
        for (; remaining > 0; remaining--)
        {
            value &= value - 1;
        }

        long granule = (word << 6) + BitOperations.TrailingZeroCount(value);
        return segment.Start + ((ulong)(granule - segment.FirstGranule) * 8);
    }

    /// <summary>The addresses of all objects of a segment in their order: one pass over its bits, where asking for each object takes a search.</summary>
    public IEnumerable<ulong> AddressesOf(HeapSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        long last = segment.FirstGranule + GranulesOf(segment) - 1;
        for (long word = segment.FirstGranule >> 6; word <= last >> 6; word++)
        {
            for (ulong left = bits[word]; left != 0; left &= left - 1)
            {
                long granule = (word << 6) + BitOperations.TrailingZeroCount(left);
                yield return segment.Start + ((ulong)(granule - segment.FirstGranule) * 8);
            }
        }
    }

    /// <summary>The segment that <paramref name="node"/> lives in.</summary>
    public HeapSegment SegmentOf(NodeIndex node)
    {
        int low = 0;
        int high = byNode.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (byNode[middle].FirstNode <= node.Value)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return byNode[low];
    }

    /// <summary>The segment that contains <paramref name="address"/>; null for an address outside the heap.</summary>
    public HeapSegment? SegmentOf(ulong address)
    {
        int index = Array.BinarySearch(starts, address);
        index = index >= 0 ? index : ~index - 1;
        return index >= 0 && address < byAddress[index].End ? byAddress[index] : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        bits.Dispose();
        directory.Dispose();
    }

    private static long GranuleOf(HeapSegment segment, ulong address) => segment.FirstGranule + (long)((address - segment.Start) / 8);

    private static long GranulesOf(HeapSegment segment) => Math.Max(1, (long)((segment.End - segment.Start + 7) / 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NodeOfGranule(ulong* words, uint* entries, long granule)
    {
        long word = granule >> 6;
        ulong bit = 1UL << (int)(granule & 63);
        if ((words[word] & bit) == 0)
        {
            return -1;
        }

        long entry = word / WordsPerEntry;
        uint node = entries[entry];
        for (long before = entry * WordsPerEntry; before < word; before++)
        {
            node += (uint)BitOperations.PopCount(words[before]);
        }

        return (int)(node + (uint)BitOperations.PopCount(words[word] & (bit - 1)));
    }

    private NativeArray<uint> Directory(long entries)
    {
        NativeArray<uint> made = new(entries);
        foreach (HeapSegment segment in byAddress)
        {
            FillDirectory(made, segment);
        }

        return made;
    }

    private void FillDirectory(NativeArray<uint> entries, HeapSegment segment)
    {
        uint node = (uint)segment.FirstNode;
        long firstWord = segment.FirstGranule >> 6;
        long lastWord = (segment.FirstGranule + GranulesOf(segment) - 1) >> 6;
        for (long word = firstWord; word <= lastWord; word++)
        {
            if (word == firstWord || word % WordsPerEntry == 0)
            {
                entries[word / WordsPerEntry] = node;
            }

            node += (uint)BitOperations.PopCount(bits[word]);
        }
    }
}
