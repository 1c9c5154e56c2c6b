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
    /// <summary>What nobody who looks for a limit has more fields than.</summary>
    private const int MostFields = 64;

    /// <param name="merged">The heap.</param>
    /// <param name="counted">Its collections that tell how many elements they have.</param>
    public static FrozenDictionary<ulong, StatedLimit> By(MergedPaths merged, IEnumerable<CountedCollection> counted)
    {
        HeapGraph graph = merged.Graph;
        NodeFacts facts = graph.Facts;
        Dictionary<ulong, StatedLimit> limits = [];
        (NodeIndex Holder, ulong Most)[] stated = [.. facts.Of(FactKind.Limit).Where(fact => merged.Tree.IsReached(fact.Node))];
        if (stated.Length == 0)
        {
            return FrozenDictionary<ulong, StatedLimit>.Empty;
        }

        Dictionary<NodeIndex, long> elements = [];
        foreach (CountedCollection collection in counted)
        {
            elements[collection.Node] = collection.Elements;
        }

        foreach ((NodeIndex holder, ulong most) in stated)
        {
            NodeIndex items = Held(graph, holder, member => member is "_items" or "_collection");
            Add(holder, most, !items.IsNone && elements.TryGetValue(items, out long count) ? count : null);
        }

        foreach ((NodeIndex state, ulong taken) in facts.Of(FactKind.Taken).Where(fact => merged.Tree.IsReached(fact.Node)))
        {
            NodeIndex cache = merged.Tree.ParentOf(state);
            if (!cache.IsNone && OfOptions(graph, cache) is { } most)
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
        if (graph.Facts.TryGet(FactKind.Limit, holder, out ulong most))
        {
            return string.Create(CultureInfo.InvariantCulture, $"told to hold at most {most:#,0}");
        }

        NodeIndex state = Held(graph, holder, member => member == "_coherentState");
        return !state.IsNone && graph.Facts.TryGet(FactKind.Taken, state, out ulong taken) && OfOptions(graph, holder) is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"told to hold at most {limit:#,0}, of which {taken:#,0} is taken")
            : null;
    }

    private static ulong? OfOptions(HeapGraph graph, NodeIndex cache)
    {
        NodeIndex options = Held(graph, cache, member => member == "_options");
        return !options.IsNone && graph.Facts.TryGet(FactKind.Limit, options, out ulong most) ? most : null;
    }

    private static NodeIndex Held(HeapGraph graph, NodeIndex holder, Predicate<string> member)
    {
        ReadOnlySpan<int> targets = graph.TargetsOf(holder);
        ReadOnlySpan<byte> slots = graph.SlotsOf(holder);
        for (int at = 0; targets.Length <= MostFields && at < targets.Length; at++)
        {
            if (member(graph.LabelOf(holder, slots[at]).Member))
            {
                return new NodeIndex(targets[at]);
            }
        }

        return NodeIndex.None;
    }
}
