using System.Collections.Immutable;
using Limpet.Heap.Strings;

namespace Limpet.Heap.Tests;

/// <summary>Puts plain arrays into a <see cref="HeapGraph"/>; objects lie one behind the other, in as many segments as asked.</summary>
internal static class HeapArrays
{
    public const ulong FirstAddress = 0x1000_0000;

    public static HeapGraph ToGraph(
        uint[] types,
        long[] sizes,
        uint[] firstEdges,
        int[] targets,
        byte[] slots,
        ImmutableArray<HeapType> heapTypes,
        ImmutableArray<GcRoot> roots,
        NodeFacts? facts = null,
        ImmutableDictionary<ulong, MethodName>? methods = null,
        int segments = 1,
        ImmutableDictionary<string, Version>? versions = null,
        HeapStrings? strings = null) =>
        new(
            Native(types),
            Native([.. sizes.Select(size => (uint)(size / 8))]),
            Native(firstEdges),
            Native(targets),
            Native(slots),
            AddressesOf(sizes, segments),
            heapTypes,
            roots)
        {
            Facts = facts ?? NodeFacts.Empty,
            Strings = strings,
            ModuleVersions = versions ?? ImmutableDictionary<string, Version>.Empty,
            Methods = methods ?? ImmutableDictionary<ulong, MethodName>.Empty,
        };

    public static NativeArray<T> Native<T>(T[] values)
        where T : unmanaged
    {
        NativeArray<T> array = new(values.Length);
        values.CopyTo(array.AsSpan(0, values.Length));
        return array;
    }

    private static AddressMap AddressesOf(long[] sizes, int segmentCount)
    {
        var segments = ImmutableArray.CreateBuilder<HeapSegment>();
        List<ulong> bits = [];
        ulong start = FirstAddress;
        for (int segment = 0; segment < segmentCount; segment++)
        {
            int first = (int)((long)sizes.Length * segment / segmentCount);
            int end = (int)((long)sizes.Length * (segment + 1) / segmentCount);
            long granule = bits.Count * 64L;
            long length = sizes[first..end].Sum();
            bits.AddRange(new ulong[((length / 8) + 255) / 256 * 4 + (length == 0 ? 4 : 0)]);
            long at = granule;
            for (int node = first; node < end; node++)
            {
                bits[(int)(at >> 6)] |= 1UL << (int)(at & 63);
                at += sizes[node] / 8;
            }

            segments.Add(new HeapSegment(start, start + (ulong)length, HeapGeneration.Gen2, granule, first, end - first));
            start += (ulong)length + 0x10_000;
        }

        return new AddressMap(Native<ulong>([.. bits]), segments.DrainToImmutable());
    }
}
