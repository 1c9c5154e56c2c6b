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
        HeapStrings? strings = null,
        ImmutableArray<WeakHandle> weak = default,
        IReadOnlyList<(int First, HeapGeneration Place)>? places = null,
        DateTime? readAt = null) =>
        new(
            Native(types),
            Native([.. sizes.Select(size => (uint)(size / 8))]),
            Native(firstEdges),
            Native(targets),
            Native(slots),
            AddressesOf(sizes, places is { Count: > 0 } ? places : [.. Enumerable.Range(0, segments).Select(segment => ((int)((long)sizes.Length * segment / segments), HeapGeneration.Gen2))]),
            heapTypes,
            roots)
        {
            ReadAt = readAt,
            Facts = facts ?? NodeFacts.Empty,
            Strings = strings,
            WeakHandles = weak.IsDefault ? null : weak,
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

    private static AddressMap AddressesOf(long[] sizes, IReadOnlyList<(int First, HeapGeneration Place)> starts)
    {
        var segments = ImmutableArray.CreateBuilder<HeapSegment>();
        List<ulong> bits = [];
        ulong start = FirstAddress;
        for (int segment = 0; segment < starts.Count; segment++)
        {
            (int first, HeapGeneration place) = starts[segment];
            int end = segment + 1 < starts.Count ? starts[segment + 1].First : sizes.Length;
            long granule = bits.Count * 64L;
            long length = sizes[first..end].Sum();
            bits.AddRange(new ulong[((length / 8) + 255) / 256 * 4 + (length == 0 ? 4 : 0)]);
            long at = granule;
            for (int node = first; node < end; node++)
            {
                bits[(int)(at >> 6)] |= 1UL << (int)(at & 63);
                at += sizes[node] / 8;
            }

            segments.Add(new HeapSegment(start, start + (ulong)length, place, granule, first, end - first));
            start += (ulong)length + 0x10_000;
        }

        return new AddressMap(Native<ulong>([.. bits]), segments.DrainToImmutable());
    }
}
