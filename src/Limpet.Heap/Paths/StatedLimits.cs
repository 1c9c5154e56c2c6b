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
    /// <param name="merged">The heap.</param>
    /// <param name="counted">Its collections that tell how many elements they have.</param>
    public static FrozenDictionary<ulong, StatedLimit> By(MergedPaths merged, IEnumerable<CountedCollection> counted)
    {
        HeapGraph graph = merged.Graph;
        Dictionary<ulong, StatedLimit> limits = [];
        Dictionary<NodeIndex, long>? elements = null;
        foreach ((NodeIndex holder, ulong most) in graph.Facts.Of(FactKind.Limit).Where(fact => merged.Tree.IsReached(fact.Node)))
        {
            // What is no such kind itself holds the limit of others.
            if (LimitedKind.Of(graph.TypeOf(holder).Name) is { } kind)
            {
                elements ??= ByNode(counted);
                NodeIndex items = graph.HeldBy(holder, kind.Member);
                Add(holder, most, !items.IsNone && elements.TryGetValue(items, out long count) ? count : null);
            }
        }

        foreach ((NodeIndex state, ulong taken) in graph.Facts.Of(FactKind.Taken).Where(fact => merged.Tree.IsReached(fact.Node)))
        {
            NodeIndex cache = merged.Tree.ParentOf(state);
            if (!cache.IsNone && LimitedKind.Of(graph.TypeOf(cache).Name)?.Options is { } options && LimitIn(graph, cache, options) is { } most)
            {
                Add(cache, most, taken);
            }
        }

        return limits.ToFrozenDictionary();

        void Add(NodeIndex holder, ulong most, double? taken)
        {
            PathNode path = merged.Paths.Nodes[merged.PathOf(holder)];
            if (!path.IsDeeper)
            {
                ref StatedLimit sum = ref CollectionsMarshal.GetValueRefOrAddDefault(limits, path.Id, out _);
                sum = new StatedLimit(sum.Most + most, sum.Taken + (taken ?? 0), sum.Holders + 1, sum.Told + (taken is null ? 0 : 1));
            }
        }
    }

    /// <summary>The limit of one object, in words such as <c>told to hold at most 64, of which 0 is taken</c>; null for what has none.</summary>
    public static string? Describe(HeapGraph graph, NodeIndex holder)
    {
        if (LimitedKind.Of(graph.TypeOf(holder).Name) is not { } kind)
        {
            return null;
        }

        if (kind.Options is not { } options)
        {
            return graph.Facts.TryGet(FactKind.Limit, holder, out ulong own) ? string.Create(CultureInfo.InvariantCulture, $"told to hold at most {own:#,0}") : null;
        }

        NodeIndex state = graph.HeldBy(holder, kind.Member);
        return !state.IsNone && graph.Facts.TryGet(FactKind.Taken, state, out ulong taken) && LimitIn(graph, holder, options) is { } most
            ? string.Create(CultureInfo.InvariantCulture, $"told to hold at most {most:#,0}, of which {taken:#,0} is taken")
            : null;
    }

    private static Dictionary<NodeIndex, long> ByNode(IEnumerable<CountedCollection> counted)
    {
        Dictionary<NodeIndex, long> elements = [];
        foreach (CountedCollection collection in counted)
        {
            elements[collection.Node] = collection.Elements;
        }

        return elements;
    }

    private static ulong? LimitIn(HeapGraph graph, NodeIndex cache, string options) =>
        graph.HeldBy(cache, options) is { IsNone: false } held && graph.Facts.TryGet(FactKind.Limit, held, out ulong most) ? most : null;
}
