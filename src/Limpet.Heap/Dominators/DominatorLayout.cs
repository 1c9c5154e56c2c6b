using System.Runtime.CompilerServices;

namespace Limpet.Heap.Dominators;

/// <summary>
/// Lays objects out so that all that one dominates follows it at once, and adds up counts and sizes on the way. A dominator has a smaller number than
/// what it dominates: adding up goes from the highest number down, giving places from the lowest up. What the search took is given back on the way,
/// so that this never needs more than the search did. O(nodes).
/// </summary>
internal sealed unsafe class DominatorLayout
{
    private DominatorLayout(SemiNca found)
    {
        Count = found.Count;
        PeakBytes = found.PeakBytes;
    }

    /// <summary>Number of objects that the roots reach.</summary>
    public int Count { get; }

    /// <summary>Bytes that the search took at its peak, which is the peak of both.</summary>
    public long PeakBytes { get; }

    /// <summary>By node: its position; -1 for one that no root reaches.</summary>
    public required NativeArray<int> Positions { get; init; }

    /// <summary>By position: its node.</summary>
    public required NativeArray<int> Nodes { get; init; }

    /// <summary>By position: its dominator's position; -1 for the virtual root.</summary>
    public required NativeArray<int> Dominators { get; init; }

    /// <summary>By position: objects that it dominates, itself included.</summary>
    public required NativeArray<int> Counts { get; init; }

    /// <summary>By position: their bytes.</summary>
    public required NativeArray<long> Bytes { get; init; }

    /// <summary>Lays out what was found, which is used up.</summary>
    public static DominatorLayout Of(HeapGraph graph, SemiNca found)
    {
        using NativeArray<int> counts = First(found.Spare);
        CountBelow(found, counts);
        NativeArray<int> places = Place(found, counts, Second(found.Spare));
        NativeArray<int> dominators = ByPlace(found.Count, places, Relabelled(found, places));
        found.Dominators.Dispose();
        NativeArray<int> countsByPlace = ByPlace(found.Count, places, counts);
        found.Spare.Dispose();
        NativeArray<int> nodes = ByPlace(found.Count, places, found.Vertices);
        found.Vertices.Dispose();
        NativeArray<int> positions = found.TakeNumbers();
        for (long node = 0; node < positions.Length; node++)
        {
            int number = positions.Pointer[node];
            positions.Pointer[node] = number == 0 ? -1 : places.Pointer[number];
        }

        places.Dispose();
        return new DominatorLayout(found)
        {
            Positions = positions,
            Nodes = nodes,
            Dominators = dominators,
            Counts = countsByPlace,
            Bytes = AddUpBytes(graph, nodes, dominators),
        };
    }

    /// <summary>The first half of room for pairs, as an array of its own; the room stays its owner's.</summary>
    private static NativeArray<int> First(NativeArray<SearchLink> pairs) => new((int*)pairs.Pointer, pairs.Length, () => { });

    private static int* Second(NativeArray<SearchLink> pairs) => (int*)pairs.Pointer + pairs.Length;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountBelow(SemiNca found, NativeArray<int> counts)
    {
        counts.AsSpan(0, found.Count + 1).Fill(1);
        for (int number = found.Count; number > 0; number--)
        {
            counts.Pointer[found.Dominators.Pointer[number]] += counts.Pointer[number];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static NativeArray<int> Place(SemiNca found, NativeArray<int> counts, int* next)
    {
        int* places = found.OtherSpare.Pointer;
        int* above = found.Dominators.Pointer;
        next[0] = 0;
        for (int number = 1; number <= found.Count; number++)
        {
            int place = next[above[number]];
            next[above[number]] = place + counts.Pointer[number];
            next[number] = place + 1;
            places[number] = place;
        }

        return found.OtherSpare;
    }

    private static NativeArray<int> Relabelled(SemiNca found, NativeArray<int> places)
    {
        places[0] = -1;
        int* above = found.Dominators.Pointer;
        for (int number = 1; number <= found.Count; number++)
        {
            above[number] = places.Pointer[above[number]];
        }

        return found.Dominators;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static NativeArray<int> ByPlace(int count, NativeArray<int> places, NativeArray<int> byNumber)
    {
        NativeArray<int> byPlace = new(count);
        for (int number = 1; number <= count; number++)
        {
            byPlace.Pointer[places.Pointer[number]] = byNumber.Pointer[number];
        }

        return byPlace;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static NativeArray<long> AddUpBytes(HeapGraph graph, NativeArray<int> nodes, NativeArray<int> dominators)
    {
        NativeArray<long> bytes = new(nodes.Length);
        uint* sizes = graph.SizesInWords;
        for (long position = 0; position < nodes.Length; position++)
        {
            bytes.Pointer[position] = sizes[nodes.Pointer[position]] * 8L;
        }

        for (long position = nodes.Length - 1; position >= 0; position--)
        {
            int above = dominators.Pointer[position];
            if (above >= 0)
            {
                bytes.Pointer[above] += bytes.Pointer[position];
            }
        }

        GC.KeepAlive(graph);
        return bytes;
    }
}
