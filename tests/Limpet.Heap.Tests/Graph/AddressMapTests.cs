using System.Collections.Immutable;

namespace Limpet.Heap.Tests.Graph;

public sealed class AddressMapTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TryFind_RandomSegments_FindsMarkedAddressesAndNoOthers(int seed)
    {
        var (map, addresses) = Random(seed);
        using (map)
        {
            foreach (HeapSegment segment in map.Segments)
            {
                for (ulong address = segment.Start - 16; address < segment.End + 16; address += 4)
                {
                    bool found = map.TryFind(address, out NodeIndex node);
                    Assert.Equal(addresses.Contains(address), found);
                    Assert.Equal(found ? addresses.IndexOf(address) : -1, node.Value);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AddressOf_RandomSegments_IsTheInverse(int seed)
    {
        var (map, addresses) = Random(seed);
        using (map)
        {
            Assert.Equal(addresses, addresses.Select((_, node) => map.AddressOf(new NodeIndex(node))));
            Assert.All(addresses, (address, node) => Assert.Same(map.SegmentOf(address), map.SegmentOf(new NodeIndex(node))));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TryFindAtOrBefore_RandomSegments_AgreesWithASearchOfAllAddresses(int seed)
    {
        var (map, addresses) = Random(seed);
        using (map)
        {
            foreach (HeapSegment segment in map.Segments)
            {
                for (ulong address = segment.Start - 3; address < segment.End + 3; address += 3)
                {
                    bool inside = address >= segment.Start && address < segment.End;
                    ulong expected = inside ? addresses.Where(start => start >= segment.Start && start <= address).DefaultIfEmpty().Max() : 0;
                    bool found = map.TryFindAtOrBefore(address, out NodeIndex node);
                    Assert.Equal(expected != 0, found);
                    Assert.Equal(expected, found ? map.AddressOf(node) : 0);
                }
            }
        }
    }

    [Fact]
    public void MemoryBytes_OfAMillionGranules_IsOne64thAndOne512thOfTheHeap()
    {
        const long Granules = 1 << 20;
        using AddressMap map = new(
            new NativeArray<ulong>(Granules / 64, clear: true),
            [new HeapSegment(0x1000, 0x1000 + (Granules * 8), HeapGeneration.Gen2, 0, 0, 0)]);

        Assert.Equal((Granules * 8 / 64) + (Granules * 8 / 512) + 4, map.MemoryBytes);
    }

    /// <summary>Segments whose nodes are numbered in another order than that of their addresses; objects with gaps; empty segments.</summary>
    private static (AddressMap Map, List<ulong> Addresses) Random(int seed)
    {
        Random random = new(seed);
        int count = random.Next(1, 6);
        ulong[] starts = [.. Enumerable.Range(0, count).Select(segment => 0x10_0000UL * (ulong)(segment + 1))];
        random.Shuffle(starts);
        List<ulong> bits = [];
        List<ulong> addresses = [];
        var segments = ImmutableArray.CreateBuilder<HeapSegment>();
        foreach (ulong start in starts)
        {
            int granules = random.Next(1, 1500);
            long first = bits.Count * 64L;
            int firstNode = addresses.Count;
            bits.AddRange(new ulong[(granules + 255) / 256 * 4]);
            double density = random.NextDouble() * random.Next(2);
            for (int granule = 0; granule < granules; granule++)
            {
                if (random.NextDouble() < density)
                {
                    bits[(int)((first + granule) >> 6)] |= 1UL << (int)((first + granule) & 63);
                    addresses.Add(start + ((ulong)granule * 8));
                }
            }

            segments.Add(new HeapSegment(start, start + ((ulong)granules * 8), HeapGeneration.Gen2, first, firstNode, addresses.Count - firstNode));
        }

        NativeArray<ulong> words = new(bits.Count);
        bits.ToArray().CopyTo(words.AsSpan(0, bits.Count));
        return (new AddressMap(words, segments.DrainToImmutable()), addresses);
    }
}
