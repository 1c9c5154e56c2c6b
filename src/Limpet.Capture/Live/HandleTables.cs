using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Limpet.Capture.Native;

namespace Limpet.Capture.Live;

/// <summary>
/// The tables of GC handles of a runtime with the server GC. There is one for each processor, and the debugging library of the runtimes before .NET 11
/// walks as many as there are heaps at the moment, which the GC changes as it sees fit (dotnet/runtime#124872). The others are found
/// beside those that it knows.
/// </summary>
/// <remarks>
/// A table is a list of segments of 64 KiB, each with a header of 4 KiB and 120 blocks of 64 handles of one type; header and table
/// point at each other, which is how they are recognised. Where anything is not as expected nothing is found.
/// </remarks>
internal sealed unsafe class HandleTables(TargetMemory memory)
{
    private const ulong SegmentBytes = 0x10000;
    private const int HeaderBytes = 0x1000;
    private const int Blocks = 120;
    private const int HandlesInBlock = 64;
    private const int BlockTypesAt = 0x618;
    private const int UserDataAt = 0x690;
    private const int PerTypeAt = 0x780;
    private const byte NoType = 0xFF;
    private const int MostSegments = 1 << 16;
    private const int MostTables = 1024;

    /// <summary>The array of tables and the first table are allocated one after the other.</summary>
    private const ulong Neighbourhood = 4 << 20;

    private Layout? layout;
    private ImmutableArray<ulong> found = [];

    /// <summary>Handles of tables that the debugging library did not walk. What it knows is needed to find them, and to prove that they are read as it reads them.</summary>
    /// <param name="known">All handles that it listed and that refer to something.</param>
    public IReadOnlyList<HandleSlot> Missing(IReadOnlyCollection<HandleSlot> known)
    {
        if (known.Count == 0 || !Find(known))
        {
            return [];
        }

        HashSet<ulong> walked = [.. known.Select(handle => handle.Address & ~(SegmentBytes - 1))];
        List<HandleSlot> same = [], missing = [];
        foreach (ulong table in found)
        {
            List<HandleSlot> slots = [];
            bool isWalked = false;
            foreach (ulong segment in Segments(table))
            {
                isWalked |= walked.Contains(segment);
                Read(segment, slots);
            }

            (isWalked ? same : missing).AddRange(slots);
        }

        // Read otherwise than the library does where both read: then it is not what it is taken for.
        return same.ToHashSet().SetEquals(known.Where(handle => handle.IsRead)) ? missing : [];
    }

    private bool Find(IReadOnlyCollection<HandleSlot> known)
    {
        if (!found.IsEmpty)
        {
            return true;
        }

        foreach (ulong segment in known.Select(handle => handle.Address & ~(SegmentBytes - 1)).Distinct())
        {
            foreach (int types in (ReadOnlySpan<int>)[12, 13])
            {
                layout = new Layout(types);
                if (memory.TryRead(segment + layout.TableAt, out ulong table) && IsTable(table) && Segments(table).Contains(segment) && Beside(table) is { IsEmpty: false } tables)
                {
                    found = tables;
                    return true;
                }
            }
        }

        layout = null;
        return false;
    }

    /// <summary>The array that a table is an element of: the longest run of tables in memory around it.</summary>
    private ImmutableArray<ulong> Beside(ulong table)
    {
        (ulong start, ulong end) = memory.RegionOf(table);
        start = Math.Max(start, table > Neighbourhood ? (table - Neighbourhood) & ~7UL : 0);
        end = Math.Min(end, table + Neighbourhood);
        if (end <= start)
        {
            return [];
        }

        ulong[] words = new ulong[(end - start) / sizeof(ulong)];
        nuint read;
        fixed (ulong* at = words)
        {
            read = memory.Read(start, at, (nuint)words.Length * sizeof(ulong));
        }

        ReadOnlySpan<ulong> there = words.AsSpan(0, (int)(read / sizeof(ulong)));
        ImmutableArray<ulong> longest = [];
        for (int at = 0; at < there.Length; at++)
        {
            if (there[at] == table && Run(there, at) is var run && run.Length > longest.Length)
            {
                longest = run;
            }
        }

        return longest;
    }

    private ImmutableArray<ulong> Run(ReadOnlySpan<ulong> words, int at)
    {
        int first = at, last = at;
        while (first > 0 && IsTable(words[first - 1]))
        {
            first--;
        }

        while (last + 1 < words.Length && last - first < MostTables && IsTable(words[last + 1]))
        {
            last++;
        }

        return [.. words[first..(last + 1)].ToArray().Distinct()];
    }

    private bool IsTable(ulong table) =>
        table != 0 && table % sizeof(ulong) == 0
        && memory.TryRead(table + layout!.SegmentsAt, out ulong segment) && segment != 0 && segment % SegmentBytes == 0
        && memory.TryRead(segment + layout.TableAt, out ulong back) && back == table;

    private List<ulong> Segments(ulong table)
    {
        List<ulong> segments = [];
        for (ulong at = table + layout!.SegmentsAt; segments.Count < MostSegments && memory.TryRead(at, out ulong segment) && segment != 0; at = segment + layout.NextAt)
        {
            segments.Add(segment);
        }

        return segments;
    }

    private void Read(ulong segment, List<HandleSlot> slots)
    {
        // What is not committed is not read, and has no type.
        byte[] bytes = new byte[SegmentBytes];
        nuint read;
        fixed (byte* at = bytes)
        {
            read = memory.Read(segment, at, (nuint)bytes.Length);
        }

        if (read < HeaderBytes)
        {
            return;
        }

        ReadOnlySpan<ulong> values = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(HeaderBytes));
        for (int block = 0; block < Blocks; block++)
        {
            byte type = bytes[BlockTypesAt + block];
            if (type == NoType || !HandleSlot.IsReadType(type))
            {
                continue;
            }

            int user = bytes[UserDataAt + block];
            for (int index = 0; index < HandlesInBlock; index++)
            {
                int slot = (block * HandlesInBlock) + index;
                if (values[slot] != 0)
                {
                    ulong second = type == HandleSlot.Dependent && user < Blocks ? values[(user * HandlesInBlock) + index] : 0;
                    slots.Add(new HandleSlot(segment + HeaderBytes + ((ulong)slot * sizeof(ulong)), type, values[slot], second));
                }
            }
        }
    }

    /// <summary>Where the fields lie that come behind one entry for each type of handle; newer runtimes have more types.</summary>
    private sealed record Layout(int Types)
    {
        public ulong SegmentsAt => (ulong)((Types * sizeof(uint)) + 7) & ~7UL;

        public ulong NextAt => (ulong)(PerTypeAt + (6 * Types));

        public ulong TableAt => NextAt + sizeof(ulong);
    }
}
