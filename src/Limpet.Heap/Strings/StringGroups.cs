using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Limpet.Heap.Strings;

/// <summary>
/// Finds equal strings by length and hash. The strings are looked at in up to 16 parts by the highest bits of their hashes, so that the table of one
/// part stays small: at most 5 bytes a string where hashes are spread, for 24 bytes a place and at most three places for two strings. O(strings),
/// and one pass over the hashes for each part.
/// </summary>
public sealed unsafe class StringGroups
{
    private const int PartStrings = 1 << 17;
    private const int MostParts = 16;
    private const int StringsBetweenChecks = 1 << 20;
    private readonly PriorityQueue<StringGroup, StringGroup> largest = new(Comparer<StringGroup>.Create((left, right) => Order(right, left)));
    private readonly int most;

    // Random, so that no file can be made to fall into one chain of the table.
    private readonly ulong spread = Odd();
    private readonly ulong lengthSpread = Odd();

    private StringGroups(int most) => this.most = most;

    /// <summary>Number of strings.</summary>
    public long Strings { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Number of texts that more than one string has.</summary>
    public long RepeatedTexts { get; private set; }

    /// <summary>What one copy of each of these would save.</summary>
    public long SavableBytes { get; private set; }

    /// <summary>Groups of equal strings, those first of which one copy would save most.</summary>
    public ImmutableArray<StringGroup> Largest { get; private set; } = [];

    /// <summary>Groups the strings.</summary>
    /// <param name="runs">The strings, in any number of stretches.</param>
    /// <param name="most">How many groups to list.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static StringGroups Find(IReadOnlyList<StringRun> runs, int most, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        StringGroups groups = new(most);
        long all = runs.Sum(run => (long)run.Count);
        int parts = (int)Math.Clamp(all / PartStrings, 1, MostParts);
        long[] counts = new long[parts];
        foreach (StringRun run in runs)
        {
            Count(run, counts, cancellation);
        }

        using NativeArray<Place> table = new(PlacesFor(counts.Max()));
        for (int part = 0; part < parts; part++)
        {
            if (counts[part] > 0)
            {
                groups.FindIn(runs, part, parts, table, PlacesFor(counts[part]), cancellation);
            }
        }

        groups.Largest = [.. groups.largest.UnorderedItems.Select(item => item.Element).Order(Comparer<StringGroup>.Create(Order))];
        return groups;
    }

    /// <summary>A power of two that the strings of a part fill by two thirds at most, all of them different.</summary>
    private static long PlacesFor(long strings) => (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(16, strings * 3 / 2));

    private static ulong Odd() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PartOf(ulong hash, int parts) => (int)(((hash >> 32) * (ulong)parts) >> 32);

    private static void Count(StringRun run, long[] counts, CancellationToken cancellation)
    {
        for (int index = 0; index < run.Count; index++)
        {
            if (index % StringsBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (run.Lengths[index] >= 0)
            {
                counts[PartOf(run.Hashes[index], counts.Length)]++;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindIn(IReadOnlyList<StringRun> runs, int part, int parts, NativeArray<Place> table, long places, CancellationToken cancellation)
    {
        Place* slots = table.Pointer;
        NativeMemory.Clear(slots, (nuint)(places * sizeof(Place)));
        int shift = 64 - BitOperations.Log2((ulong)places);
        uint mask = (uint)(places - 1);
        for (int which = 0; which < runs.Count; which++)
        {
            StringRun run = runs[which];
            for (int index = 0; index < run.Count; index++)
            {
                if (index % StringsBetweenChecks == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                ulong hash = run.Hashes[index];
                int length = run.Lengths[index];
                if (length < 0 || PartOf(hash, parts) != part)
                {
                    continue;
                }

                uint at = (uint)(((hash + ((ulong)length * lengthSpread)) * spread) >> shift);
                while (slots[at].Count != 0 && (slots[at].Hash != hash || slots[at].Length != length))
                {
                    at = (at + 1) & mask;
                }

                if (slots[at].Count++ == 0)
                {
                    (slots[at].Hash, slots[at].Length, slots[at].Run, slots[at].Index) = (hash, length, which, index);
                }
            }
        }

        for (long at = 0; at < places; at++)
        {
            if (slots[at].Count > 0)
            {
                Add(new StringGroup(new StringPrint(slots[at].Length, slots[at].Hash), slots[at].Count, slots[at].Run, slots[at].Index));
            }
        }
    }

    private void Add(StringGroup group)
    {
        Strings += group.Count;
        Bytes += group.Count * group.Print.Bytes;
        if (group.Count == 1)
        {
            return;
        }

        RepeatedTexts++;
        SavableBytes += group.SavableBytes;
        if (largest.Count < most)
        {
            largest.Enqueue(group, group);
        }
        else
        {
            largest.EnqueueDequeue(group, group);
        }
    }

    /// <summary>Those that save most come first; hashes, so that the order is always the same.</summary>
    private static int Order(StringGroup left, StringGroup right) =>
        left.SavableBytes != right.SavableBytes ? right.SavableBytes.CompareTo(left.SavableBytes)
        : left.Print.Length != right.Print.Length ? right.Print.Length.CompareTo(left.Print.Length)
        : left.Print.Hash.CompareTo(right.Print.Hash);

    private struct Place
    {
        public ulong Hash;
        public int Length;
        public int Count;
        public int Run;
        public int Index;
    }
}
