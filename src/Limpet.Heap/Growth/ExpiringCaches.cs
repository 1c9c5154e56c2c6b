using System.Globalization;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// Caches that the program told how long to keep each entry: what fills them does not leak, be it that none was seen to go. When each entry expires is read in each round. It bounds as long as no entry
/// comes that never expires, those that are there are not put off again and again, those that have expired are taken out, and they live for an hour at most, or what comes at the rate of
/// the run until the first one goes is not so much that no program lives to see it. O(rounds + depth) a path that is asked for.
/// </summary>
public sealed class ExpiringCaches
{
    /// <summary>How much later than its period a cache may look for what has expired: it does so when it is used.</summary>
    private static readonly TimeSpan LatestScan = TimeSpan.FromSeconds(10);

    /// <summary>For what share of the time half of the entries must have been left alone: it is a half where they come evenly.</summary>
    private const double LeastLeftAlone = 0.25;

    /// <summary>Entries that live no longer are seen to go by every program, however fast a run made them: nobody asks a program as fast as a hunt does.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    private readonly PathGrowth growth;
    private readonly CachePlaces<Cache> places;
    private readonly Dictionary<ulong, string?> bounds = [];

    /// <param name="growth">The rounds.</param>
    public ExpiringCaches(PathGrowth growth)
    {
        this.growth = growth;
        places = new CachePlaces<Cache>(growth, CacheOf, innermost: true);
    }

    /// <summary>What bounds the objects of a path, in a sentence without a full stop; null where no expiry is known to.</summary>
    public string? BoundOf(PathSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.Counts.All(count => count == series.Counts[0])
            || places.Of(series.Id) is not { } place
            || place.EntriesOf(series, growth) is not { } entries
            || BoundOf(place) is not { } bound
            || !place.ComesWith(series, entries, growth)
            || !Company.Has(entries.Counts, Expiring(place), CachePlace<Cache>.MostAlone) ? null : bound;
    }

    private string? BoundOf(CachePlace<Cache> place)
    {
        if (!bounds.TryGetValue(place.Begin, out string? bound))
        {
            bounds.Add(place.Begin, bound = Find(place));
        }

        return bound;
    }

    private string? Find(CachePlace<Cache> place)
    {
        int last = growth.Rounds.Length - 1;
        if (ExpiryIn(last, place.Cache) is not { Expiring: > 0 } end)
        {
            return null;
        }

        // The first capture may not know to read it yet.
        int first = Enumerable.Range(0, last + 1).First(round => growth.Rounds[round].Expiries.ContainsKey(place.Cache.Holder));
        StatedExpiry?[] told = [.. Enumerable.Range(first, last + 1 - first).Select(round => ExpiryIn(round, place.Cache))];
        if (first == last || told.Any(expiry => expiry is not { } one || one.Never != end.Never || one.Caches != end.Caches || -one.First > one.ScanPeriod + LatestScan))
        {
            return null;
        }

        TimeSpan longest = told.Max(expiry => expiry!.Value.Last);
        longest = longest > TimeSpan.Zero ? longest : TimeSpan.Zero;
        double bytes = BytesWhenFull(place, first, longest + end.ScanPeriod);
        return ArePutOff(end, longest, TimeBetween(first, last)) || (longest > LongestLife && bytes > LimitedCaches.MostBytes) ? null : Describe(end, longest, bytes);
    }

    /// <summary>Whether half of the entries expire almost as late as the newest can: something keeps using them, or telling them anew. The time is that of the run, or of a life where that is shorter.</summary>
    private static bool ArePutOff(StatedExpiry end, TimeSpan longest, TimeSpan run) => end.Median > longest - ((run < longest ? run : longest) * LeastLeftAlone);

    /// <summary>What there is, and what comes at the rate of the run until the first that comes now is taken out.</summary>
    private double BytesWhenFull(CachePlace<Cache> place, int first, TimeSpan stay)
    {
        int last = growth.Rounds.Length - 1;
        double bytes = place.BytesIn(growth, last), seconds = TimeBetween(first, last).TotalSeconds;
        return seconds > 0 ? bytes + (Math.Max(0, bytes - place.BytesIn(growth, first)) / seconds * stay.TotalSeconds) : double.PositiveInfinity;
    }

    private TimeSpan TimeBetween(int first, int last) => growth.Rounds[last].ReadAt - growth.Rounds[first].ReadAt ?? TimeSpan.Zero;

    private double[] Expiring(CachePlace<Cache> place) => [.. Enumerable.Range(0, growth.Rounds.Length).Select(round => (double?)ExpiryIn(round, place.Cache)?.Expiring ?? double.NaN)];

    /// <summary>The expiry on a path in a round; null where it is not told of one of the caches there.</summary>
    private StatedExpiry? ExpiryIn(int round, Cache cache) =>
        growth.Rounds[round].Expiries.TryGetValue(cache.Holder, out StatedExpiry expiry)
        && growth.Rounds[round].ReadAt is not null
        && growth.Rounds[round].Paths.TryFind(cache.Holder, out int index)
        && growth.Rounds[round].Paths.Nodes[index].Count == expiry.Caches ? expiry : null;

    private static string Describe(StatedExpiry expiry, TimeSpan longest, double bytes)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string who = expiry.Caches == 1 ? "the MemoryCache that holds it" : string.Create(invariant, $"the {expiry.Caches:#,0} MemoryCaches that hold it");
        string when = longest > TimeSpan.Zero ? $"expire, the last {Spans.Show(longest)} after a reading" : "had expired when they were read";
        string done = longest > TimeSpan.Zero && expiry.Expired > 0 ? string.Create(invariant, $" ({expiry.Expired:#,0} of {expiry.Expiring:#,0} have)") : "";
        return string.Create(invariant, $"the entries of {who} {when}{done}, and every {Spans.Show(expiry.ScanPeriod)} expired ones are taken out: up to {bytes / (1 << 20):#,0.0} MiB at the rate of this run");
    }

    private static Cache? CacheOf(PathTree tree, int index)
    {
        PathNode node = tree.Nodes[index];
        return !node.IsRoot && LimitedKind.Of(tree.Nodes[node.Parent].Type, node.Label.Member) is { Options: not null } ? new Cache(tree.Nodes[node.Parent].Id) : null;
    }

    private sealed record Cache(ulong Holder);
}
