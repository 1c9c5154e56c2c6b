namespace Limpet.Heap.Paths;

/// <summary>
/// With which collection an object that no root reaches goes. With one of its own generation, unless garbage of an older generation refers to it,
/// directly or through others: a collection of younger generations takes what is older for alive. Where all garbage that is asked about is as old as can be,
/// O(that). Else O(objects of the older generations, which are all looked at, + references of garbage), and a byte for each object of the heap.
/// </summary>
internal static class GarbageLife
{
    private const int NotReached = -1;

    /// <summary>The generation of that collection for each object; null for what is never collected, or where the source does not tell generations.</summary>
    public static int?[] CollectionsOf(ShortestPathTree tree, IReadOnlyList<NodeIndex> garbage)
    {
        HeapGraph graph = tree.Graph;
        int?[] own = [.. garbage.Select(node => GenerationOf(graph.Addresses.SegmentOf(node).Generation))];
        if (own.All(generation => generation is null or 2))
        {
            return own;
        }

        sbyte[] keptBy = new sbyte[graph.NodeCount];
        Array.Fill(keptBy, (sbyte)NotReached);
        foreach (int generation in (int[])[2, 1])
        {
            KeepFrom(tree, keptBy, generation);
        }

        return [.. own.Select((generation, index) => generation is { } value ? Math.Max(value, keptBy[garbage[index].Value]) : (int?)null)];
    }

    /// <summary>The generation that is collected for a part of the heap.</summary>
    private static int? GenerationOf(HeapGeneration place) => place switch
    {
        HeapGeneration.Gen0 => 0,
        HeapGeneration.Gen1 => 1,
        HeapGeneration.Gen2 or HeapGeneration.Large or HeapGeneration.Pinned => 2,
        _ => null,
    };

    private static void KeepFrom(ShortestPathTree tree, sbyte[] keptBy, int generation)
    {
        HeapGraph graph = tree.Graph;
        Stack<int> open = [];
        foreach (HeapSegment segment in graph.Addresses.Segments.Where(segment => GenerationOf(segment.Generation) == generation))
        {
            for (int node = segment.FirstNode; node < segment.FirstNode + segment.NodeCount; node++)
            {
                Keep(node);
                while (open.TryPop(out int next))
                {
                    foreach (int target in graph.TargetsOf(new NodeIndex(next)))
                    {
                        Keep(target);
                    }
                }
            }
        }

        void Keep(int node)
        {
            if (keptBy[node] == NotReached && !tree.IsReached(new NodeIndex(node)))
            {
                keptBy[node] = (sbyte)generation;
                open.Push(node);
            }
        }
    }
}
