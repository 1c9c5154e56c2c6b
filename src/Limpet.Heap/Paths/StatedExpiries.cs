using System.Collections.Frozen;

namespace Limpet.Heap.Paths;

/// <summary>
/// How long the caches that roots reach were told to keep what is in them, by the id of their merged path. An entry expires at the earlier of the time that it was told and the end of the span that it may
/// lie unused. O(entries log entries).
/// </summary>
internal static class StatedExpiries
{
    private const string Cache = "_cache";
    private const string Options = "_options";
    private const string Clock = "Clock";
    private const long TicksMask = 0x3FFF_FFFF_FFFF_FFFF;

    /// <param name="merged">The heap. Where it is not known when it was read, nothing is known.</param>
    public static FrozenDictionary<ulong, StatedExpiry> By(MergedPaths merged)
    {
        HeapGraph graph = merged.Graph;
        if (graph.ReadAt is not { } readAt)
        {
            return FrozenDictionary<ulong, StatedExpiry>.Empty;
        }

        Dictionary<NodeIndex, List<long?>> byCache = [];
        foreach ((NodeIndex entry, ulong lastUsed) in graph.Facts.Of(FactKind.LastUsed).Where(fact => merged.Tree.IsReached(fact.Node)))
        {
            NodeIndex cache = graph.HeldBy(entry, Cache);
            if (!cache.IsNone && merged.Tree.IsReached(cache))
            {
                if (!byCache.TryGetValue(cache, out List<long?>? entries))
                {
                    byCache.Add(cache, entries = []);
                }

                entries.Add(LeftTo(graph, entry, lastUsed, readAt));
            }
        }

        return byCache
            .Select(cache => (Path: merged.Paths.Nodes[merged.PathOf(cache.Key)], ScanPeriod: ScanPeriodOf(graph, cache.Key), Entries: cache.Value))
            .Where(cache => !cache.Path.IsDeeper)
            .GroupBy(cache => cache.Path.Id)
            .Where(path => path.All(cache => cache.ScanPeriod is not null))
            .ToFrozenDictionary(path => path.Key, path => Sum([.. path.Select(cache => cache.ScanPeriod!.Value)], [.. path.SelectMany(cache => cache.Entries)]));
    }

    /// <summary>When an entry expires, in words such as <c>the entry here expires 3.2 s after it was read</c>; null for one that never does, for what is none, or where it is not known when it was read.</summary>
    public static string? Describe(HeapGraph graph, NodeIndex entry) =>
        graph.ReadAt is not { } readAt || !graph.Facts.TryGet(FactKind.LastUsed, entry, out ulong lastUsed)
            || graph.HeldBy(entry, Cache) is not { IsNone: false } cache || ScanPeriodOf(graph, cache) is null || LeftTo(graph, entry, lastUsed, readAt) is not { } left ? null
        : left < 0 ? $"the entry here expired {Spans.Show(new TimeSpan(-left))} before it was read"
        : $"the entry here expires {Spans.Show(new TimeSpan(left))} after it was read";

    private static StatedExpiry Sum(TimeSpan[] periods, long?[] entries)
    {
        long[] left = [.. entries.OfType<long>().Order()];
        return new StatedExpiry
        {
            Caches = periods.Length,
            Expiring = left.Length,
            Never = entries.Length - left.Length,
            Expired = left.Count(ticks => ticks < 0),
            First = new TimeSpan(left.FirstOrDefault()),
            Median = new TimeSpan(left.ElementAtOrDefault(left.Length / 2)),
            Last = new TimeSpan(left.LastOrDefault()),
            ScanPeriod = periods.Max(),
        };
    }

    /// <summary>Ticks that an entry has left; null for one that never expires.</summary>
    private static long? LeftTo(HeapGraph graph, NodeIndex entry, ulong lastUsed, DateTime readAt)
    {
        long? at = graph.Facts.TryGet(FactKind.ExpiresAt, entry, out ulong told) ? (long)told : null;
        if (graph.Facts.TryGet(FactKind.ExpiresUnused, entry, out ulong unused) && unused > 0)
        {
            long end = (long)Math.Min(((ulong)((long)lastUsed & TicksMask)) + unused, long.MaxValue);
            at = Math.Min(at ?? long.MaxValue, end);
        }

        return at - readAt.Ticks;
    }

    /// <summary>How often a cache looks for what has expired; null where that is not known, or it goes by a clock of its own.</summary>
    private static TimeSpan? ScanPeriodOf(HeapGraph graph, NodeIndex cache) =>
        graph.HeldBy(cache, Options) is { IsNone: false } options && graph.HeldBy(options, Clock).IsNone && graph.Facts.TryGet(FactKind.ScanPeriod, options, out ulong period)
            ? new TimeSpan((long)period) : null;
}
