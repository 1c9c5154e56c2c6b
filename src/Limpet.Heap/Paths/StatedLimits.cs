using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Limpet.Heap.Paths;

/// <summary>
/// The collections and caches that roots reach and that were told how much they may hold, by the id of their merged path. A cache may share its options, where the limit is, with others: what is taken
/// of it is its own, and leads to it. O(facts).
/// </summary>
internal static class StatedLimits
{
    public static FrozenDictionary<ulong, StatedLimit> By(MergedPaths merged)
    {
        NodeFacts facts = merged.Graph.Facts;
        Dictionary<ulong, StatedLimit> limits = [];
        foreach ((NodeIndex holder, ulong most) in facts.Of(FactKind.Limit))
        {
            Add(holder, most, null);
        }

        foreach ((NodeIndex state, ulong taken) in facts.Of(FactKind.Taken).Where(fact => merged.Tree.IsReached(fact.Node)))
        {
            NodeIndex cache = merged.Tree.ParentOf(state);
            if (!cache.IsNone && LimitBeside(merged.Graph, cache) is { } most)
            {
                Add(cache, most, taken);
            }
        }

        return limits.ToFrozenDictionary();

        void Add(NodeIndex holder, ulong most, double? taken)
        {
            int path = merged.PathOf(holder);
            if (path >= 0 && !merged.Paths.Nodes[path].IsDeeper)
            {
                ref StatedLimit sum = ref CollectionsMarshal.GetValueRefOrAddDefault(limits, merged.Paths.Nodes[path].Id, out _);
                sum = new StatedLimit(sum.Most + most, taken is null ? null : (sum.Taken ?? 0) + taken, sum.Holders + 1);
            }
        }
    }

    /// <summary>The limit of one object, in words such as <c>told to hold at most 64, of which 0 is taken</c>; null for what has none.</summary>
    public static string? Describe(HeapGraph graph, NodeIndex holder)
    {
        if (graph.Facts.TryGet(FactKind.Limit, holder, out ulong most))
        {
            return string.Create(CultureInfo.InvariantCulture, $"told to hold at most {most:#,0}");
        }

        foreach (int held in graph.TargetsOf(holder))
        {
            if (graph.Facts.TryGet(FactKind.Taken, new NodeIndex(held), out ulong taken) && LimitBeside(graph, holder) is { } limit)
            {
                return string.Create(CultureInfo.InvariantCulture, $"told to hold at most {limit:#,0}, of which {taken:#,0} is taken");
            }
        }

        return null;
    }

    private static ulong? LimitBeside(HeapGraph graph, NodeIndex cache)
    {
        foreach (int held in graph.TargetsOf(cache))
        {
            if (graph.Facts.TryGet(FactKind.Limit, new NodeIndex(held), out ulong most))
            {
                return most;
            }
        }

        return null;
    }
}
