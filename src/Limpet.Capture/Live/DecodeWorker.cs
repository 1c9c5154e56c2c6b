using System.Runtime.CompilerServices;
using Limpet.Capture.Native;
using Limpet.Heap;

namespace Limpet.Capture.Live;

/// <summary>
/// Decodes segments: reads their memory in pieces into one warm buffer, or where it lies when it is mapped, and writes, for each
/// object, its type, size, references and the bit that marks where it begins. O(bytes read + references); nothing is allocated per object.
/// Everything it reads may be wrong when the target is running (a warm-up walk): it then stops at the first object that cannot be.
/// </summary>
internal sealed unsafe class DecodeWorker : IDisposable
{
    private const ulong MinObjectSize = 24;

    /// <summary>What no method table is at.</summary>
    private const ulong NoTable = 1;

    /// <summary>No object in an allocation context is larger: larger ones go to the large object heap.</summary>
    private const ulong MaxUnfinishedObject = 128 << 10;

    private readonly LayoutTable layouts;
    private readonly LayoutFlags wanted;
    private readonly StringDecoder stringDecoder = new();
    private SegmentWindow window;
    private ushort* blocks;
    private GraphArenas? arenas;
    private uint* targets;
    private byte* slots;
    private long edges;
    private int decoding;

    public DecodeWorker(TargetMemory memory, LayoutTable layouts, StringReading strings)
    {
        wanted = strings == StringReading.None ? ~LayoutFlags.String : ~LayoutFlags.None;
        this.layouts = layouts;
        window = new SegmentWindow(memory);
    }

    ~DecodeWorker() => window.Free();

    public int Nodes { get; private set; }

    public long Edges => edges;

    /// <summary>Strings whose texts were hashed.</summary>
    public int Strings => stringDecoder.Count;

    /// <summary>The objects, numbered by this worker, from which references point to no place in the heap.</summary>
    public List<int> StrayFrom { get; } = [];

    public long BytesRead => window.BytesRead;

    public List<RawFact> Facts { get; } = [];

    /// <summary>Edges from objects of collectible types to their loader allocator, which only the debugging library can find: it is asked when the workers are done.</summary>
    public List<(long Edge, int Layout)> LoaderAllocatorEdges { get; } = [];

    public GraphArenas Arenas => arenas!;

    public void Begin(GraphArenas into, BlockTable table)
    {
        arenas = into;
        blocks = table.Table;
        targets = into.Targets;
        slots = into.Slots;
        stringDecoder.Begin(into);
        window.BytesRead = 0;
        Nodes = 0;
        edges = 0;
        StrayFrom.Clear();
        Facts.Clear();
        LoaderAllocatorEdges.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decode(SegmentPlan segment, BlockTable table, ulong* bits)
    {
        window.Enter(segment.End);
        segment.FirstLocalNode = Nodes;
        segment.BrokenAt = 0;
        uint* types = arenas!.Types;
        uint* sizes = arenas.Sizes;
        uint* firstEdges = arenas.FirstEdges;
        int node = Nodes;
        ulong position = segment.Start;
        int gap = 0;
        ulong lastTable = NoTable;

        // Whether the walk went on at a place that it had to look for: it was right where it comes to the next allocation pointer.
        bool isGuessed = false;
        int ordinal = -1;
        ObjectLayout layout = default;
        while (position < segment.End)
        {
            while (gap < segment.Gaps.Length && segment.Gaps[gap].Start < position)
            {
                gap++;
            }

            if (gap < segment.Gaps.Length && segment.Gaps[gap].Start == position)
            {
                position = segment.Gaps[gap].End + MinObjectSize;
                isGuessed = false;
                continue;
            }

            if (position + 16 > window.End && !window.Fill(position, 16))
            {
                segment.BrokenAt = position;
                break;
            }

            byte* at = window.Buffer + (position - window.Start);
            ulong methodTable = *(ulong*)at & ~7UL;
            if (methodTable != lastTable)
            {
                ordinal = methodTable == 0 ? -1 : layouts.Find(methodTable);
                if (ordinal < 0)
                {
                    // Behind a stretch that a thread has filled to its last byte, and which is not listed any more, stands the smallest object's worth of memory that belongs to nobody.
                    // The next stretch may begin right there, and what has been made in it lies before the gap of that one: this is asked first.
                    ulong limit = gap < segment.Gaps.Length ? segment.Gaps[gap].Start : segment.End;
                    if (methodTable == 0 && IsRoomOfNobody(position, limit))
                    {
                        isGuessed = true;
                        position += MinObjectSize;
                        lastTable = NoTable;
                        continue;
                    }

                    // A thread that was stopped between taking memory and naming the type of what it makes there left nothing but zeros. They end at its allocation pointer, at the end of the
                    // segment, or, where the stretch is not listed yet, with the first object of another thread's.
                    if (methodTable == 0 && BehindZeros(position, limit) is { } next)
                    {
                        isGuessed |= next < segment.End;
                        position = next;
                        lastTable = NoTable;
                        continue;
                    }

                    segment.BrokenAt = position;
                    break;
                }

                layout = layouts.Layouts[ordinal];
                layout.Flags &= wanted;
                lastTable = methodTable;
            }

            ulong size = layout.BaseSize;
            if (layout.ComponentSize != 0)
            {
                size += (ulong)layout.ComponentSize * *(uint*)(at + 8);
            }

            size = (size + 7) & ~7UL;
            if (size < 16 || position + size > segment.End || (isGuessed && gap < segment.Gaps.Length && position + size > segment.Gaps[gap].Start))
            {
                segment.BrokenAt = position;
                break;
            }

            if ((layout.Flags & LayoutFlags.Free) == 0)
            {
                long granule = table.GranuleOf(position);
                bits[granule >> 6] |= 1UL << (int)(granule & 63);
                types[node] = (uint)ordinal;
                sizes[node] = (uint)(size >> 3);
                firstEdges[node] = (uint)edges;
                if (layout.Flags != LayoutFlags.None && !DecodeReferences(position, size, in layout, node))
                {
                    // Its memory cannot be read: take the object back.
                    bits[granule >> 6] &= ~(1UL << (int)(granule & 63));
                    edges = firstEdges[node];
                    segment.BrokenAt = position;
                    break;
                }

                node++;
            }

            position += size;
        }

        segment.NodeCount = node - Nodes;
        Nodes = node;
    }

    private bool IsRoomOfNobody(ulong position, ulong limit) => position + MinObjectSize == limit
        || (position + MinObjectSize < limit && Has(position, MinObjectSize + 16) && IsObject(position + MinObjectSize));

    /// <summary>Where the zeros from a position on end: at <paramref name="limit"/>, or at the object before which they do; null where they do not, or too far away.</summary>
    private ulong? BehindZeros(ulong position, ulong limit)
    {
        ulong length = Math.Min(limit - position, MaxUnfinishedObject);
        if (!Has(position, length))
        {
            return null;
        }

        int zeros = new ReadOnlySpan<byte>(window.Buffer + (position - window.Start), (int)length).IndexOfAnyExcept((byte)0);
        if (zeros < 0)
        {
            return position + length == limit ? limit : null;
        }

        // What is not zero may be the word before the object, where its lock is.
        ulong found = position + ((ulong)zeros & ~7UL);
        return found + 8 < position + length && IsObject(found) ? found
            : found + 16 < position + length && IsObject(found + 8) ? found + 8
            : null;
    }

    private bool Has(ulong position, ulong bytes) => position + bytes <= window.End || window.Fill(position, bytes);

    /// <summary>Whether the word at a position, which is in the window, is the method table of an object.</summary>
    private bool IsObject(ulong position) =>
        (*(ulong*)(window.Buffer + (position - window.Start)) & ~7UL) is > 0 and ulong methodTable && layouts.Find(methodTable) >= 0;

    /// <summary>Copies a segment's memory and decodes nothing: what the stop would cost if it were only a copy.</summary>
    public void CopyOnly(SegmentPlan segment)
    {
        window.Enter(segment.End);
        window.CopyFrom(segment.Start);
    }

    public void Dispose()
    {
        window.Free();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DecodeReferences(ulong position, ulong size, in ObjectLayout layout, int node)
    {
        decoding = node;
        if ((layout.Flags & LayoutFlags.String) != 0)
        {
            return stringDecoder.Read(ref window, position, size);
        }

        if ((layout.Flags & LayoutFlags.Collectible) != 0)
        {
            LoaderAllocatorEdges.Add((edges, (int)arenas!.Types[node]));
            AddEdge(position, EdgeSlot.LoaderAllocator);
        }

        if ((layout.Flags & LayoutFlags.ReferenceArray) != 0)
        {
            // The last word of an object's size is the header of the next one.
            return DecodeElements(position + layout.ElementsStart, position + size - 8);
        }

        if ((layout.Flags & LayoutFlags.StructArray) != 0)
        {
            return DecodeStructs(position, in layout);
        }

        if ((layout.Flags & (LayoutFlags.References | LayoutFlags.HasFacts)) == 0)
        {
            return true;
        }

        if (position + size > window.End && !window.Fill(position, size))
        {
            return false;
        }

        byte* at = window.Buffer + (position - window.Start);
        uint[] offsets = layouts.Offsets;
        for (int slot = 0; slot < layout.OffsetCount; slot++)
        {
            ulong reference = *(ulong*)(at + offsets[layout.FirstOffset + slot]);
            if (reference != 0)
            {
                AddEdge(reference, (byte)(slot <= EdgeSlot.LastField ? slot : EdgeSlot.BeyondLastField));
            }
        }

        if ((layout.Flags & LayoutFlags.HasFacts) != 0)
        {
            ObjectNumbers.Read(at, size, in layout, node, layouts, Facts);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DecodeElements(ulong position, ulong end)
    {
        while (position + 8 <= end)
        {
            if (position + 8 > window.End || position < window.Start)
            {
                if (!window.Fill(position, 8))
                {
                    return false;
                }
            }

            ulong stop = Math.Min(end, window.End & ~7UL);
            byte* at = window.Buffer + (position - window.Start);
            for (; position + 8 <= stop; position += 8, at += 8)
            {
                ulong reference = *(ulong*)at;
                if (reference != 0)
                {
                    AddEdge(reference, EdgeSlot.ArrayElement);
                }
            }
        }

        return true;
    }

    private bool DecodeStructs(ulong position, in ObjectLayout layout)
    {
        uint length = *(uint*)(window.Buffer + (position - window.Start) + 8);
        ulong element = position + layout.ElementsStart;
        uint[] offsets = layouts.Offsets;

        // Counted from the first reference of an element; what lies behind its last one is the next element's, or nobody's.
        ulong reach = layout.ComponentSize - offsets[layout.FirstOffset + layout.OffsetCount - 1];
        for (uint index = 0; index < length; index++, element += layout.ComponentSize)
        {
            if (element + reach > window.End && !window.Fill(element, reach))
            {
                return false;
            }

            byte* at = window.Buffer + (element - window.Start);
            int slot = 0;
            for (int pair = 0; pair < layout.OffsetCount; pair += 2)
            {
                for (uint reference = 0; reference < offsets[layout.FirstOffset + pair]; reference++, at += 8, slot++)
                {
                    if (*(ulong*)at != 0)
                    {
                        AddEdge(*(ulong*)at, (byte)(slot <= EdgeSlot.LastField ? slot : EdgeSlot.BeyondLastField));
                    }
                }

                at += offsets[layout.FirstOffset + pair + 1];
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddEdge(ulong reference, byte slot)
    {
        if (BlockTable.TryGranule(blocks, reference, out uint granule))
        {
            targets[edges] = granule;
            slots[edges] = slot;
            edges++;
        }
        else
        {
            StrayFrom.Add(decoding);
        }
    }
}
