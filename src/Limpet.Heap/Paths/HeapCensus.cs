using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace Limpet.Heap.Paths;

/// <summary>
/// What is kept of a heap when its graph is dropped: reachable objects by type and by merged path, and what waits. Some kilobytes
/// for a small program, some megabytes for one with a hundred thousand paths; nothing an object.
/// </summary>
public sealed record HeapCensus
{
    /// <summary>Number of reachable objects.</summary>
    public required long Objects { get; init; }

    /// <summary>Their own sizes, added up.</summary>
    public required long Bytes { get; init; }

    /// <summary>Reachable objects by runtime name of their type.</summary>
    public required FrozenDictionary<string, TypeCount> Types { get; init; }

    /// <summary>Reachable objects by merged path.</summary>
    public required PathTree Paths { get; init; }

    /// <summary>Elements of collections by the id of their merged path, where there are <see cref="NodeFacts.FewestElements"/> or more in one of them. Sources that do not tell have none.</summary>
    public FrozenDictionary<ulong, ElementCount> Elements { get; init; } = FrozenDictionary<ulong, ElementCount>.Empty;

    /// <summary>Whether the source tells how many elements collections have.</summary>
    public bool TellsElements { get; init; }

    /// <summary>What collections and caches were told to hold at most, by the id of their merged path. Sources that do not tell have none.</summary>
    public FrozenDictionary<ulong, StatedLimit> Limits { get; init; } = FrozenDictionary<ulong, StatedLimit>.Empty;

    /// <summary>How long caches were told to keep what is in them, by the id of their merged path. Sources that do not tell have none.</summary>
    public FrozenDictionary<ulong, StatedExpiry> Expiries { get; init; } = FrozenDictionary<ulong, StatedExpiry>.Empty;

    /// <summary>When the heap was read, in universal time; null where the source does not tell.</summary>
    public DateTime? ReadAt { get; init; }

    /// <summary>Async operations that have begun and not ended, by method, such as <c>async OrderService.Start()</c>.</summary>
    public FrozenDictionary<string, long> PendingAsync { get; init; } = FrozenDictionary<string, long>.Empty;

    /// <summary>Number of async operations that have begun and not ended.</summary>
    public long PendingAsyncCount => PendingAsync.Values.Sum();

    /// <summary>Number of timers that are due to fire.</summary>
    public long ActiveTimers { get; init; }

    /// <summary>Takes the census of a graph: one search and one merge.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static HeapCensus Take(HeapGraph graph, CancellationToken cancellation)
    {
        using ShortestPathTree tree = ShortestPathTree.Build(graph, cancellation);
        using MergedPaths merged = MergedPaths.Of(tree, cancellation);
        return Of(merged);
    }

    /// <summary>Takes the census of paths that are merged already.</summary>
    public static HeapCensus Of(MergedPaths merged)
    {
        HeapGraph graph = merged.Graph;
        TypeCount[] byType = CountByType(merged.Tree);
        CountedCollection[] counted = [.. CountedCollections.Of(merged.Tree)];
        var types = byType
            .Zip(graph.Types, (count, type) => (type.Name, Count: count))
            .Where(entry => entry.Count.Count > 0)
            .GroupBy(entry => entry.Name)
            .ToFrozenDictionary(
                group => group.Key,
                group => new TypeCount(group.Sum(entry => entry.Count.Count), group.Sum(entry => entry.Count.Bytes)));
        return new HeapCensus
        {
            Objects = byType.Sum(count => count.Count),
            Bytes = byType.Sum(count => count.Bytes),
            Types = types,
            Paths = merged.Paths,
            Elements = CountElements(merged, counted),
            TellsElements = graph.Facts.Tells(FactKind.Elements),
            Limits = StatedLimits.By(merged, counted),
            Expiries = StatedExpiries.By(merged),
            ReadAt = graph.ReadAt,
            PendingAsync = PendingOperations.CountByMethod(merged.Tree),
            ActiveTimers = graph.Facts.Of(FactKind.ActiveTimers).Where(fact => merged.Tree.IsReached(fact.Node)).Sum(fact => (long)fact.Value),
        };
    }

    private static FrozenDictionary<ulong, ElementCount> CountElements(MergedPaths merged, IEnumerable<CountedCollection> counted)
    {
        Dictionary<ulong, ElementCount> elements = [];
        foreach (CountedCollection collection in counted)
        {
            PathNode path = merged.Paths.Nodes[merged.PathOf(collection.Node)];
            if (!path.IsDeeper)
            {
                ref ElementCount sum = ref CollectionsMarshal.GetValueRefOrAddDefault(elements, path.Id, out _);
                sum = new ElementCount(sum.Elements + collection.Elements, sum.Beyond + collection.Beyond, sum.Collections + 1);
            }
        }

        return elements.ToFrozenDictionary();
    }

    private static TypeCount[] CountByType(ShortestPathTree tree)
    {
        HeapGraph graph = tree.Graph;
        long[] counts = new long[graph.Types.Length];
        long[] bytes = new long[graph.Types.Length];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            NodeIndex index = new(node);
            if (tree.IsReached(index))
            {
                int type = graph.TypeIndexOf(index).Value;
                counts[type]++;
                bytes[type] += graph.SizeOf(index);
            }
        }

        return [.. counts.Zip(bytes, (count, size) => new TypeCount(count, size))];
    }
}
