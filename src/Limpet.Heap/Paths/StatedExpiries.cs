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
    private const string Clock = "<Clock>k__BackingField";
    private const long TicksMask = 0x3FFF_FFFF_FFFF_FFFF;

    /// <summary>An entry of this age, or a quarter of its life, was left alone for a while.</summary>
    private const long FreshTicks = 2 * TimeSpan.TicksPerSecond;

    private const int FreshPart = 4;
    private const double MostShare = 0.9;

    /// <param name="merged">The heap. Where it is not known when it was read, nothing is known.</param>
    public static FrozenDictionary<ulong, StatedExpiry> By(MergedPaths merged)
    {
        HeapGraph graph = merged.Graph;
        if (graph.ReadAt is not { } readAt)
        {
            return FrozenDictionary<ulong, StatedExpiry>.Empty;
        }

        Dictionary<NodeIndex, List<Entry>> byCache = [];
        foreach ((NodeIndex node, ulong lastUsed) in graph.Facts.Of(FactKind.LastUsed).Where(fact => merged.Tree.IsReached(fact.Node)))
        {
            NodeIndex cache = graph.HeldBy(node, Cache);
            if (!cache.IsNone && merged.Tree.IsReached(cache) && Read(graph, node, lastUsed, readAt) is { } entry)
            {
                if (!byCache.TryGetValue(cache, out List<Entry>? entries))
                {
                    byCache.Add(cache, entries = []);
                }

                entries.Add(entry);
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
            || graph.HeldBy(entry, Cache) is not { IsNone: false } cache || ScanPeriodOf(graph, cache) is null || Read(graph, entry, lastUsed, readAt) is not { Left: { } left } ? null
        : left < 0 ? $"the entry here expired {Spans.Show(new TimeSpan(-left))} before it was read"
        : $"the entry here expires {Spans.Show(new TimeSpan(left))} after it was read";

    private static StatedExpiry Sum(TimeSpan[] periods, Entry[] entries)
    {
        long[] left = [.. entries.Where(entry => entry.Left is <= TimeSpan.TicksPerDay).Select(entry => entry.Left!.Value).Order()];
        return new StatedExpiry
        {
            Expiring = left.Length,
            Staying = entries.Length - left.Length,
            Expired = left.Count(ticks => ticks < 0),
            Fresh = entries.Count(entry => entry.IsFresh),
            First = new TimeSpan(left.FirstOrDefault()),
            Most = new TimeSpan(left.ElementAtOrDefault((int)Math.Ceiling(left.Length * MostShare) - 1)),
            ScanPeriod = periods.Max(),
        };
    }

    /// <summary>What an entry was told; null for one that is being made: it was not put into the cache yet, and its times are not set.</summary>
    private static Entry? Read(HeapGraph graph, NodeIndex entry, ulong lastUsed, DateTime readAt)
    {
        long used = (long)lastUsed & TicksMask;
        if (used == 0)
        {
            return null;
        }

        long unused = readAt.Ticks - used;
        long? toEnd = graph.Facts.TryGet(FactKind.ExpiresAt, entry, out ulong at) ? (long)at - readAt.Ticks : null;
        long? toUnused = graph.Facts.TryGet(FactKind.ExpiresUnused, entry, out ulong span) && span > 0 ? (long)Math.Min(span, long.MaxValue / 2) - unused : null;
        long? left = toEnd is null || toUnused < toEnd ? toUnused : toEnd;

        // Use puts off what ends for want of use alone. What is told a point in time may be told it again; when it was made is not known.
        long? age = toEnd is null ? toUnused is null ? null : unused
            : graph.Facts.TryGet(FactKind.Lifetime, entry, out ulong life) && life > 0 ? (long)Math.Min(life, long.MaxValue / 2) - toEnd : null;
        return new Entry(left, age is { } told && told < FreshTicks && told < (told + left) / FreshPart);
    }

    /// <summary>How often a cache looks for what has expired; null where that is not known, or it goes by a clock of its own.</summary>
    private static TimeSpan? ScanPeriodOf(HeapGraph graph, NodeIndex cache) =>
        graph.HeldBy(cache, Options) is { IsNone: false } options && graph.HeldBy(options, Clock).IsNone && graph.Facts.TryGet(FactKind.ScanPeriod, options, out ulong period)
            ? new TimeSpan((long)period) : null;

    /// <param name="Left">Ticks until it expires; null for one that never does.</param>
    /// <param name="IsFresh">Whether it was made, or put off, only now.</param>
    private readonly record struct Entry(long? Left, bool IsFresh);
}
