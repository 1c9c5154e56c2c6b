using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private const int PieceBytes = 512 << 10;
    private const int BufferBytes = 4 << 20;
    private const ulong MinObjectSize = 24;

    /// <summary>No object in an allocation context is larger: larger ones go to the large object heap.</summary>
    private const ulong MaxUnfinishedObject = 128 << 10;

    private readonly TargetMemory memory;
    private readonly LayoutTable layouts;
    private readonly LayoutFlags wanted;
    private readonly StringHasher hasher = StringHasher.Instance;
    private readonly byte* ownBuffer = (byte*)NativeMemory.AlignedAlloc(BufferBytes, 4096);
    private byte* buffer;
    private ulong bufferStart;
    private ulong bufferEnd;
    private ulong segmentEnd;
    private ushort* blocks;
    private GraphArenas? arenas;
    private uint* targets;
    private byte* slots;
    private int* stringLengths;
    private ulong* stringHashes;
    private ulong* stringAddresses;
    private long edges;

    public DecodeWorker(TargetMemory memory, LayoutTable layouts, StringReading strings)
    {
        wanted = strings == StringReading.None ? ~LayoutFlags.String : ~LayoutFlags.None;
        this.memory = memory;
        this.layouts = layouts;
        NativeMemory.Clear(ownBuffer, BufferBytes);
        buffer = ownBuffer;
    }

    ~DecodeWorker() => NativeMemory.AlignedFree(ownBuffer);

    public int Nodes { get; private set; }

    public long Edges => edges;

    /// <summary>Strings whose texts were hashed.</summary>
    public int Strings { get; private set; }

    /// <summary>References that point to no place in the heap.</summary>
    public long StrayEdges { get; private set; }

    public long BytesRead { get; private set; }

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
        stringLengths = into.StringLengths;
        stringHashes = into.StringHashes;
        stringAddresses = into.StringAddresses;
        Nodes = 0;
        edges = 0;
        Strings = 0;
        StrayEdges = 0;
        BytesRead = 0;
        Facts.Clear();
        LoaderAllocatorEdges.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decode(SegmentPlan segment, BlockTable table, ulong* bits)
    {
        bufferStart = bufferEnd = 0;
        segmentEnd = segment.End;
        segment.FirstLocalNode = Nodes;
        segment.BrokenAt = 0;
        uint* types = arenas!.Types;
        uint* sizes = arenas.Sizes;
        uint* firstEdges = arenas.FirstEdges;
        int node = Nodes;
        ulong position = segment.Start;
        int gap = 0;
        ulong lastTable = 0;
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
                continue;
            }

            if (position + 16 > bufferEnd && !Fill(position, 16))
            {
                segment.BrokenAt = position;
                break;
            }

            byte* at = buffer + (position - bufferStart);
            ulong methodTable = *(ulong*)at & ~7UL;
            if (methodTable != lastTable)
            {
                ordinal = methodTable == 0 ? -1 : layouts.Find(methodTable);
                if (ordinal < 0)
                {
                    // A thread that was stopped between taking the memory and naming the type left a hole before its allocation pointer.
                    if (methodTable == 0 && gap < segment.Gaps.Length && segment.Gaps[gap].Start - position <= MaxUnfinishedObject)
                    {
                        position = segment.Gaps[gap].Start;
                        lastTable = 0;
                        continue;
                    }

                    if (methodTable == 0 && gap >= segment.Gaps.Length && IsEmptyTail(position))
                    {
                        break;
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
            if (size < 16 || position + size > segment.End)
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

    /// <summary>Copies a segment's memory and decodes nothing: what the stop would cost if it were only a copy.</summary>
    public void CopyOnly(SegmentPlan segment)
    {
        for (ulong position = segment.Start; position < segment.End; position += PieceBytes)
        {
            BytesRead += (long)memory.Read(position, ownBuffer, (nuint)Math.Min(PieceBytes, segment.End - position));
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(ownBuffer);
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DecodeReferences(ulong position, ulong size, in ObjectLayout layout, int node)
    {
        if ((layout.Flags & LayoutFlags.String) != 0)
        {
            return ReadString(position, size);
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

        if (position + size > bufferEnd && !Fill(position, size))
        {
            return false;
        }

        byte* at = buffer + (position - bufferStart);
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
            ReadFacts(at, size, in layout, node);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DecodeElements(ulong position, ulong end)
    {
        while (position + 8 <= end)
        {
            if (position + 8 > bufferEnd || position < bufferStart)
            {
                if (!Fill(position, 8))
                {
                    return false;
                }
            }

            ulong stop = Math.Min(end, bufferEnd & ~7UL);
            byte* at = buffer + (position - bufferStart);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ReadString(ulong position, ulong size)
    {
        const ulong TextOffset = 12;
        int length = *(int*)(buffer + (position - bufferStart) + 8);
        if (length < 0)
        {
            return false;
        }

        ulong hash;
        if (position + size <= bufferEnd || (size <= PieceBytes && Fill(position, size)))
        {
            hash = hasher.Of(buffer + (position - bufferStart) + TextOffset, length);
        }
        else if (!TryHashLong(position + TextOffset, length, out hash))
        {
            return false;
        }

        stringLengths[Strings] = length;
        stringHashes[Strings] = hash;
        if (stringAddresses != null)
        {
            stringAddresses[Strings] = position;
        }

        Strings++;
        return true;
    }

    /// <summary>Hashes a text that is longer than a piece, piece by piece.</summary>
    private bool TryHashLong(ulong text, int length, out ulong hash)
    {
        hash = 0;
        (ulong first, ulong second) = hasher.Begin(length);
        ulong end = text + ((ulong)length * sizeof(char));
        while (end - text >= StringHasher.StepBytes)
        {
            if ((text < bufferStart || text + StringHasher.StepBytes > bufferEnd) && !Fill(text, StringHasher.StepBytes))
            {
                return false;
            }

            ulong whole = (Math.Min(end, bufferEnd) - text) & ~(ulong)(StringHasher.StepBytes - 1);
            hasher.Add(buffer + (text - bufferStart), (nuint)whole, ref first, ref second);
            text += whole;
        }

        if (end > bufferEnd && !Fill(text, end - text))
        {
            return false;
        }

        hash = hasher.End(buffer + (text - bufferStart), (nuint)(end - text), first, second);
        return true;
    }

    private bool DecodeStructs(ulong position, in ObjectLayout layout)
    {
        uint length = *(uint*)(buffer + (position - bufferStart) + 8);
        ulong element = position + layout.ElementsStart;
        uint[] offsets = layouts.Offsets;

        // Counted from the first reference of an element; what lies behind its last one is the next element's, or nobody's.
        ulong window = layout.ComponentSize - offsets[layout.FirstOffset + layout.OffsetCount - 1];
        for (uint index = 0; index < length; index++, element += layout.ComponentSize)
        {
            if (element + window > bufferEnd && !Fill(element, window))
            {
                return false;
            }

            byte* at = buffer + (element - bufferStart);
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
            StrayEdges++;
        }
    }

    private void ReadFacts(byte* at, ulong size, in ObjectLayout layout, int node)
    {
        WellKnownTypes known = layouts.WellKnown;
        if ((layout.Flags & LayoutFlags.Delegate) != 0 && Has(known.DelegateAuxiliaryCodeOffset, 8) && Has(known.DelegateCodeOffset, 8))
        {
            // A closed delegate calls _methodPtr; a static or open one goes through a stub there and keeps its code in _methodPtrAux.
            ulong auxiliary = *(ulong*)(at + known.DelegateAuxiliaryCodeOffset);
            Facts.Add(new RawFact(node, FactKind.DelegateCode, auxiliary != 0 ? auxiliary : *(ulong*)(at + known.DelegateCodeOffset)));
        }
        else if ((layout.Flags & LayoutFlags.AsyncBox) != 0 && Has(known.TaskStateOffset, 4))
        {
            Facts.Add(new RawFact(node, FactKind.TaskState, *(uint*)(at + known.TaskStateOffset)));
        }
        else if ((layout.Flags & LayoutFlags.TimerQueue) != 0 && Has(known.ActiveTimersOffset, 8))
        {
            Facts.Add(new RawFact(node, FactKind.ActiveTimers, *(ulong*)(at + known.ActiveTimersOffset)));
        }
        else if ((layout.Flags & LayoutFlags.Timer) != 0 && Has(known.TimerPeriodOffset, 4) && Has(known.TimerDueOffset, 4))
        {
            Facts.Add(new RawFact(node, FactKind.TimerPeriod, *(uint*)(at + known.TimerPeriodOffset)));
            Facts.Add(new RawFact(node, FactKind.TimerDue, *(uint*)(at + known.TimerDueOffset)));
        }
        else if ((layout.Flags & LayoutFlags.Collection) != 0)
        {
            int elements = layouts.Counts[(int)layout.ElementsStart].Read(at, size);
            if (elements >= NodeFacts.FewestElements)
            {
                Facts.Add(new RawFact(node, FactKind.Elements, (ulong)elements));
            }
        }

        // In a heap that was altered a type may be smaller than the one that it derives from.
        bool Has(int offset, int bytes) => offset > 0 && (ulong)(offset + bytes) <= size;
    }

    /// <summary>Whether nothing but zeros follows to the end of the segment: memory that was handed out, and in which nothing has been made yet.</summary>
    private bool IsEmptyTail(ulong position)
    {
        ulong rest = segmentEnd - position;
        return rest <= MaxUnfinishedObject
            && (position + rest <= bufferEnd || Fill(position, rest))
            && new ReadOnlySpan<byte>(buffer + (position - bufferStart), (int)rest).IndexOfAnyExcept((byte)0) < 0;
    }

    /// <summary>Makes at least <paramref name="needed"/> bytes from <paramref name="position"/> available.</summary>
    private bool Fill(ulong position, ulong needed)
    {
        if (position + needed > segmentEnd)
        {
            return false;
        }

        if (memory.TryMap(position, (nuint)Math.Min(segmentEnd - position, Math.Max(BufferBytes, needed)), out byte* mapped, out nuint available) && available >= needed)
        {
            buffer = mapped;
            bufferStart = position;
            bufferEnd = position + available;
            BytesRead += (long)available;
            return true;
        }

        if (needed > BufferBytes)
        {
            return false;
        }

        ulong length = Math.Min(segmentEnd - position, Math.Max(PieceBytes, needed));
        buffer = ownBuffer;
        nuint read = memory.Read(position, buffer, (nuint)length);
        bufferStart = position;
        bufferEnd = position + read;
        BytesRead += (long)read;
        return read >= needed;
    }
}
