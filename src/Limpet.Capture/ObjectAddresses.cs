using System.Collections.Immutable;
using Limpet.Heap;

namespace Limpet.Capture;

/// <summary>Makes the address map of objects whose segments are not known, only where each lies: what lies near to each other is a segment.</summary>
internal static unsafe class ObjectAddresses
{
    /// <summary>Where this much lies between two objects, a segment ends. No less than the share of an address map that segments may not divide.</summary>
    public const ulong SmallestGap = 4096;

    /// <summary>First address that is the kernel's.</summary>
    public const ulong EndOfUserAddresses = 1UL << 47;

    private const int GranulesPerGroup = 256;

    /// <summary>Makes the map. O(objects).</summary>
    /// <param name="count">Number of objects.</param>
    /// <param name="addressOf">Their addresses: ascending, multiples of 8, no object inside of another.</param>
    /// <param name="sizesInWords">Their sizes in units of 8 bytes.</param>
    public static AddressMap Map(int count, Func<int, ulong> addressOf, uint* sizesInWords)
    {
        var segments = ImmutableArray.CreateBuilder<HeapSegment>();
        long granules = 0;
        for (int first = 0; first < count;)
        {
            ulong start = addressOf(first);
            int next = first;
            ulong end = start;
            for (ulong address = start; next < count && (next == first || (address = addressOf(next)) - end < SmallestGap); next++)
            {
                end = address + (sizesInWords[next] * 8UL);
            }

            segments.Add(new HeapSegment(start, end, HeapGeneration.Unknown, granules, first, next - first));
            granules += GranulesOf(start, end);
            first = next;
        }

        return Map(segments.ToImmutable(), addressOf);
    }

    /// <summary>Makes the map of segments that are known. O(objects).</summary>
    /// <param name="segments">The segments: none begins in the group of granules that another one ends in.</param>
    /// <param name="addressOf">The addresses of their objects.</param>
    public static AddressMap Map(ImmutableArray<HeapSegment> segments, Func<int, ulong> addressOf)
    {
        long granules = segments.Length == 0 ? 0 : segments[^1].FirstGranule + GranulesOf(segments[^1].Start, segments[^1].End);
        NativeArray<ulong> bits = new(granules / 64, clear: true);
        foreach (HeapSegment segment in segments)
        {
            for (int node = segment.FirstNode; node < segment.FirstNode + segment.NodeCount; node++)
            {
                long granule = segment.FirstGranule + (long)((addressOf(node) - segment.Start) / 8);
                bits.Pointer[granule >> 6] |= 1UL << (int)(granule & 63);
            }
        }

        return new AddressMap(bits, segments);
    }

    /// <summary>How many granules a segment takes, up to the end of a group.</summary>
    public static long GranulesOf(ulong start, ulong end) => ((long)((end - start) / 8) + GranulesPerGroup - 1) / GranulesPerGroup * GranulesPerGroup;
}
