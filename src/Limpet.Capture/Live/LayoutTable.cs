using Limpet.Capture.Native;

namespace Limpet.Capture.Live;

/// <summary>
/// The layouts of all types seen so far, by method table: an open-addressing table that the decoders read without a lock and
/// grow under one. Source of the format: <c>methodtable.h</c> and <c>gcdesc.h</c> of the runtime.
/// </summary>
internal sealed unsafe class LayoutTable(TargetMemory memory)
{
    private const uint HasComponentSize = 0x80000000;
    private const uint ContainsPointers = 0x01000000;
    private const int ParentOffset = 0x10;
    private const int MaxSeries = 1 << 16;
    private readonly Lock growing = new();
    private Index index = new(4096);

    /// <summary>Method tables that classes of interest derive from; set once the base library is known.</summary>
    public WellKnownTypes WellKnown { get; set; } = new(0, 0, 0);

    /// <summary>The layouts, by ordinal. Replaced when it grows: take it once a segment.</summary>
    public ObjectLayout[] Layouts { get; private set; } = new ObjectLayout[1024];

    public int Count { get; private set; }

    /// <summary>Reference offsets of all layouts.</summary>
    public uint[] Offsets { get; private set; } = new uint[8192];

    /// <summary>Where collections keep the number of their elements. Only added to between captures.</summary>
    public List<CountPlace> Counts { get; } = [];

    /// <summary>Where limits are kept, of size and of time, and what is taken of them. Only added to between captures.</summary>
    public List<LimitPlace[]> Limits { get; } = [];

    private int offsetCount;

    /// <summary>The ordinal of a type, or -1 when no valid method table is there.</summary>
    public int Find(ulong methodTable)
    {
        Index table = index;
        for (uint at = Index.Hash(methodTable) & table.Mask; ; at = (at + 1) & table.Mask)
        {
            ulong key = Volatile.Read(ref table.Keys[at]);
            if (key == methodTable)
            {
                return table.Values[at];
            }

            if (key == 0)
            {
                return Add(methodTable);
            }
        }
    }

    /// <summary>Forgets every layout that <paramref name="keep"/> refuses. Only between captures.</summary>
    public void Retain(Func<ObjectLayout, bool> keep)
    {
        lock (growing)
        {
            ObjectLayout[] before = Layouts;
            int count = Count;
            index = new Index(4096);
            Layouts = new ObjectLayout[before.Length];
            Count = 0;
            for (int ordinal = 0; ordinal < count; ordinal++)
            {
                if (keep(before[ordinal]))
                {
                    Insert(before[ordinal]);
                }
            }
        }
    }

    private int Add(ulong methodTable)
    {
        lock (growing)
        {
            int known = index.TryGet(methodTable);
            return known >= 0 ? known
                : TryReadLayout(methodTable, out ObjectLayout layout) ? Insert(layout)
                : -1;
        }
    }

    private int Insert(in ObjectLayout layout)
    {
        if (Count == Layouts.Length)
        {
            var larger = new ObjectLayout[Count * 2];
            Layouts.CopyTo(larger, 0);
            Layouts = larger;
        }

        int ordinal = Count;
        Layouts[ordinal] = layout;
        Count = ordinal + 1;
        if (Count * 2 > index.Keys.Length)
        {
            var larger = new Index(index.Keys.Length * 2);
            for (int other = 0; other < Count; other++)
            {
                larger.Put(Layouts[other].MethodTable, other);
            }

            index = larger;
        }
        else
        {
            index.Put(layout.MethodTable, ordinal);
        }

        return ordinal;
    }

    private bool TryReadLayout(ulong methodTable, out ObjectLayout layout)
    {
        layout = default;
        uint* head = stackalloc uint[8];
        if ((methodTable & 7) != 0 || methodTable < 0x10000 || memory.Read(methodTable, head, 32) != 32)
        {
            return false;
        }

        uint flags = head[0];
        uint baseSize = head[1];
        ulong parent = *(ulong*)((byte*)head + ParentOffset);
        bool hasComponents = (flags & HasComponentSize) != 0;
        if (baseSize < 16 || baseSize > (1u << 28) || (!hasComponents && (baseSize & 7) != 0))
        {
            return false;
        }

        layout.MethodTable = methodTable;
        layout.BaseSize = baseSize;
        layout.ComponentSize = hasComponents ? flags & 0xffff : 0;
        if (methodTable == WellKnown.Free)
        {
            layout.Flags = LayoutFlags.Free;
            return true;
        }

        if (methodTable == WellKnown.String)
        {
            layout.Flags = LayoutFlags.String;
            return layout.ComponentSize == sizeof(char);
        }

        if ((flags & WellKnown.CollectibleFlag) != 0)
        {
            layout.Flags |= LayoutFlags.Collectible;
        }

        layout.Flags |= WellKnown.Classify(memory, methodTable, parent);
        return (flags & ContainsPointers) == 0 || TryReadSeries(methodTable, ref layout);
    }

    private bool TryReadSeries(ulong methodTable, ref ObjectLayout layout)
    {
        if (!memory.TryRead(methodTable - 8, out long count) || count == 0 || Math.Abs(count) > MaxSeries)
        {
            return false;
        }

        layout.Flags |= LayoutFlags.References;
        layout.FirstOffset = offsetCount;
        if (count < 0)
        {
            return TryReadStructArray(methodTable, (int)-count, ref layout);
        }

        for (int series = 0; series < count; series++)
        {
            ulong at = methodTable - 8 - (16UL * ((ulong)series + 1));
            if (!memory.TryRead(at, out long sizeMinusObject) || !memory.TryRead(at + 8, out ulong start))
            {
                return false;
            }

            if (layout.ComponentSize != 0)
            {
                // An array of references: one series that covers all elements.
                layout.Flags |= LayoutFlags.ReferenceArray;
                layout.ElementsStart = (uint)start;
                return start is >= 16 and < 1024;
            }

            long bytes = sizeMinusObject + layout.BaseSize;
            if (bytes <= 0 || start > layout.BaseSize || (ulong)bytes > layout.BaseSize - start)
            {
                return false;
            }

            for (long offset = 0; offset < bytes; offset += 8)
            {
                AddOffset((uint)(start + (ulong)offset));
            }
        }

        layout.OffsetCount = offsetCount - layout.FirstOffset;
        Array.Sort(Offsets, layout.FirstOffset, layout.OffsetCount);
        return true;
    }

    private bool TryReadStructArray(ulong methodTable, int items, ref ObjectLayout layout)
    {
        if (layout.ComponentSize == 0 || !memory.TryRead(methodTable - 16, out ulong start) || start is < 16 or >= 1024)
        {
            return false;
        }

        layout.Flags |= LayoutFlags.StructArray;
        layout.ElementsStart = (uint)start;
        long covered = 0;
        for (int item = 0; item < items; item++)
        {
            if (!memory.TryRead(methodTable - 24 - (8UL * (ulong)item), out ulong pair))
            {
                return false;
            }

            uint references = (uint)pair;
            uint skip = (uint)(pair >> 32);
            covered += (references * 8L) + skip;
            AddOffset(references);
            AddOffset(skip);
        }

        layout.OffsetCount = items * 2;
        return covered == layout.ComponentSize;
    }

    private void AddOffset(uint offset)
    {
        if (offsetCount == Offsets.Length)
        {
            var larger = new uint[offsetCount * 2];
            Offsets.CopyTo(larger, 0);
            Offsets = larger;
        }

        Offsets[offsetCount++] = offset;
    }

    private sealed class Index(int capacity)
    {
        public readonly ulong[] Keys = new ulong[capacity];
        public readonly int[] Values = new int[capacity];

        public uint Mask => (uint)Keys.Length - 1;

        public static uint Hash(ulong key) => (uint)((key * 0x9E3779B97F4A7C15UL) >> 40);

        public int TryGet(ulong key)
        {
            for (uint at = Hash(key) & Mask; ; at = (at + 1) & Mask)
            {
                if (Keys[at] == key)
                {
                    return Values[at];
                }

                if (Keys[at] == 0)
                {
                    return -1;
                }
            }
        }

        public void Put(ulong key, int value)
        {
            uint at = Hash(key) & Mask;
            while (Keys[at] != 0)
            {
                at = (at + 1) & Mask;
            }

            // The value first: a reader that sees the key must see its value.
            Values[at] = value;
            Volatile.Write(ref Keys[at], key);
        }
    }
}
