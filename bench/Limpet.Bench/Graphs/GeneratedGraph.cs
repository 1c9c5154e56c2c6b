using Limpet.Heap;

namespace Limpet.Bench.Graphs;

/// <summary>
/// A heap that nobody has to fill: pages of a thousand orders of eight objects each, 1.6 references an object, a third of them upwards, to neighbours
/// or anywhere. In the order of allocation, as a heap lies that was compacted, or in no order at all, where every step is a cache miss.
/// </summary>
internal static unsafe class GeneratedGraph
{
    private const int ObjectsOfOrder = 8;
    private const int ObjectsOfPage = 8192;
    private const int ObjectBytes = 48;

    public static HeapGraph Create(int nodes, bool shuffled)
    {
        NativeArray<uint> types = new(nodes);
        NativeArray<uint> sizes = new(nodes);
        NativeArray<uint> first = new(nodes + 1L, clear: true);
        Place place = new(nodes, shuffled);
        References(nodes, (from, _) => first.Pointer[place.Of(from) + 1L]++);
        for (int node = 0; node < nodes; node++)
        {
            types.Pointer[place.Of(node)] = node % ObjectsOfPage == 0 ? 0u : node % ObjectsOfOrder == 0 ? 1u : 2u;
            sizes.Pointer[node] = ObjectBytes / 8;
            first.Pointer[node + 1L] += first.Pointer[node];
        }

        // Written from each end to the front, the ends become the beginnings.
        NativeArray<int> targets = new(first[nodes]);
        NativeArray<byte> slots = new(first[nodes], clear: true);
        References(nodes, (from, to) => targets.Pointer[--first.Pointer[place.Of(from) + 1L]] = place.Of(to));
        for (int node = 0; node < nodes; node++)
        {
            first.Pointer[node] = first.Pointer[node + 1L];
        }

        first.Pointer[nodes] = (uint)targets.Length;
        return new HeapGraph(types, sizes, first, targets, slots, Addresses(nodes), [new HeapType("Page"), new HeapType("Order"), new HeapType("Part")], [new GcRoot(new NodeIndex(place.Of(0)), RootKind.StaticField, "Shop.pages")]);
    }

    private static void References(int nodes, Action<int, int> add)
    {
        ulong state = 88172645463325252;
        for (int node = 1; node < nodes; node++)
        {
            // Xorshift (G. Marsaglia, 2003): the same references both times.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            int chance = (int)(state & 15);
            int anywhere = (int)((state >> 8) % (ulong)nodes);
            int order = node - (node % ObjectsOfOrder);
            add(node % ObjectsOfPage == 0 ? 0 : node == order ? node - (node % ObjectsOfPage) : chance < 4 ? node - 1 : order, node);
            if (node == order)
            {
                add(node, anywhere - (anywhere % ObjectsOfOrder));
                add(node, Math.Max(0, node - ObjectsOfOrder));
            }
            else if (chance >= 10)
            {
                add(node, chance < 15 ? order : anywhere);
            }
        }
    }

    private static AddressMap Addresses(int nodes)
    {
        const int Granules = ObjectBytes / 8;
        long granules = (long)nodes * Granules;
        NativeArray<ulong> bits = new(((granules / 64) + 4) / 4 * 4, clear: true);
        for (long granule = 0; granule < granules; granule += Granules)
        {
            bits.Pointer[granule >> 6] |= 1UL << (int)(granule & 63);
        }

        const ulong Start = 0x1000_0000;
        return new AddressMap(bits, [new HeapSegment(Start, Start + ((ulong)granules * 8), HeapGeneration.Gen2, 0, 0, nodes)]);
    }

    /// <summary>Where an object lies: a bijection without a table.</summary>
    private readonly struct Place(int nodes, bool shuffled)
    {
        private const long Step = 2_654_435_761; // prime, so that it shares no factor with the number of nodes

        public int Of(int node) => shuffled ? (int)(node * Step % nodes) : node;
    }
}
