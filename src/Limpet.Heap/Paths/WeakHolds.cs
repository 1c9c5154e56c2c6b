using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Heap.Paths;

/// <summary>Weak and dependent handles of objects that no root reaches. One pass over the slots of all references; nothing where all are reached.</summary>
internal static unsafe class WeakHolds
{
    private const int SlotsAtOnce = 1 << 24;

    public static WeakHold? Of(ShortestPathTree tree, IReadOnlyList<NodeIndex> asked)
    {
        NodeIndex[] garbage = [.. asked.Where(node => !tree.IsReached(node))];
        if (garbage.Length == 0)
        {
            return null;
        }

        HeapGraph graph = tree.Graph;
        NodeSet set = NodeSet.Of(graph, garbage);
        WeakHandle[] handles = [.. (graph.WeakHandles ?? []).Where(handle => set.Contains(handle.Target))];
        int?[] collections = GarbageLife.CollectionsOf(tree, garbage);
        return new WeakHold(
            handles.LongCount(handle => !handle.IsLong),
            handles.LongCount(handle => handle.IsLong),
            handles.Select(handle => handle.Target).Distinct().LongCount())
        {
            GoesWithGeneration = collections.Max(),
            Finalizable = (graph.TypeOf(garbage[0]).Traits & TypeTraits.Finalizable) != 0,
            Dependent = DependentOf(graph, set),
        };
    }

    private static ImmutableArray<DependentPair> DependentOf(HeapGraph graph, NodeSet set)
    {
        Dictionary<(string Key, string Value, bool AsKey), long> pairs = [];
        foreach (long edge in DependentEdges(graph))
        {
            NodeIndex value = new(graph.Targets[edge]);
            NodeIndex key = SourceOf(graph, edge);
            Add(key, value, asKey: true);
            Add(key, value, asKey: false);
        }

        GC.KeepAlive(graph);

        return
        [
            .. pairs
                .OrderBy(pair => pair.Key.AsKey)
                .ThenByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key.Key, StringComparer.Ordinal)
                .ThenBy(pair => pair.Key.Value, StringComparer.Ordinal)
                .Select(pair => new DependentPair(pair.Key.Key, pair.Key.Value, pair.Value, pair.Key.AsKey)),
        ];

        void Add(NodeIndex key, NodeIndex value, bool asKey)
        {
            if (set.Contains(asKey ? key : value))
            {
                var pair = (SourceNames.Type(graph.TypeOf(key).Name), SourceNames.Type(graph.TypeOf(value).Name), asKey);
                pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
            }
        }
    }

    /// <summary>They are few among very many: looked for in all slots at once and not object by object.</summary>
    private static List<long> DependentEdges(HeapGraph graph)
    {
        List<long> edges = [];
        byte* slots = graph.Slots;
        for (long start = 0; start < graph.EdgeCount; start += SlotsAtOnce)
        {
            ReadOnlySpan<byte> part = new(slots + start, (int)Math.Min(SlotsAtOnce, graph.EdgeCount - start));
            for (int at = 0, step; (step = part[at..].IndexOf(EdgeSlot.DependentHandle)) >= 0; at += step + 1)
            {
                edges.Add(start + at + step);
            }
        }

        return edges;
    }

    /// <summary>The last node whose references begin at or before an edge.</summary>
    private static NodeIndex SourceOf(HeapGraph graph, long edge)
    {
        uint* first = graph.FirstEdges;
        int low = 0;
        int high = graph.NodeCount - 1;
        while (low < high)
        {
            int middle = low + ((high - low + 1) / 2);
            (low, high) = first[middle] <= edge ? (middle, high) : (low, middle - 1);
        }

        return new NodeIndex(low);
    }
}
