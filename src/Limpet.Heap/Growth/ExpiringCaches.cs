using System.Globalization;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// Caches that the program told how long to keep each entry: what fills them does not leak, be it that none was seen to go. When each entry expires is read in each round. It bounds where no more entries
/// come that stay, those that are there are not put off again and again, what has expired is taken out, and the rounds do not outlast an entry's life and still see as many come; and where they live for an
/// hour at most, or what comes at the rate of the run until the first one goes is not so much that no program lives to see it. O(rounds + depth) a path that is asked for.
/// </summary>
public sealed class ExpiringCaches
{
    /// <summary>How much later than its period a cache may look for what has expired: it does so when it is used.</summary>
    private static readonly TimeSpan LatestScan = TimeSpan.FromSeconds(10);

    /// <summary>At most this share of the entries that came may be fresh at the end, beyond those that always are.</summary>
    private const double MostFresh = 0.5;

    /// <summary>Entries that stay may come in so many rounds, as one that is made when it is first asked for.</summary>
    private const int MostRisesOfStaying = 2;

    /// <summary>Once the first entries of the run must have gone there may be so many times as many as then: what comes in a second is not always the same.</summary>
    private const double MostAfterLife = 1.5;

    /// <summary>Entries that live no longer, and are looked for as often, are seen to go by every program, however fast a run made them: nobody asks a program as fast as a hunt does.</summary>
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

        // The first capture may not know to read it yet, and a cache without entries tells nothing.
        int[] told = [.. Enumerable.Range(0, last + 1).Where(round => ExpiryIn(round, place.Cache) is not null)];
        StatedExpiry[] expiries = [.. told.Select(round => ExpiryIn(round, place.Cache)!.Value)];
        TimeSpan longest = expiries.Max(expiry => expiry.Most);
        longest = longest > TimeSpan.Zero ? longest : TimeSpan.Zero;
        double stay = longest.TotalSeconds + end.ScanPeriod.TotalSeconds, bytes = BytesWhenFull(place, told[0], stay);
        bool isShort = longest <= LongestLife && end.ScanPeriod <= LongestLife;
        return told.Length < 2
            || told.Any(round => CachesIn(round, place.Cache) != CachesIn(last, place.Cache) || IsOverdue(round, place.Cache))
            || StayingCome(expiries) || ArePutOff(told, expiries, stay) || GoOnAfterLife(told, expiries, stay)
            || (!isShort && bytes > LimitedCaches.MostBytes) ? null : Describe(end, CachesIn(last, place.Cache), longest, bytes);
    }

    /// <summary>Whether an entry has expired for longer than it takes the cache to look, which it does when it is used: not between two readings without an operation.</summary>
    private bool IsOverdue(int round, Cache cache) => ExpiryIn(round, cache) is { } expiry
        && -expiry.First.TotalSeconds > expiry.ScanPeriod.TotalSeconds + LatestScan.TotalSeconds + (round > 0 ? TimeBetween(round - 1, round).TotalSeconds : 0);

    private static bool StayingCome(StatedExpiry[] expiries)
    {
        int rises = Enumerable.Range(1, expiries.Length - 1).Count(round => expiries[round].Staying > expiries[round - 1].Staying);
        return rises > MostRisesOfStaying || expiries[^1].Staying - expiries[0].Staying > CachePlace<Cache>.MostAlone * Math.Max(0, expiries[^1].Expiring - expiries[0].Expiring);
    }

    /// <summary>
    /// Whether most entries that came were made anew, or used, only now. Those of which that is so in every round, such as what is in demand, are no part of them. Where the run has outlasted a life, all that
    /// are there came in it.
    /// </summary>
    private bool ArePutOff(int[] told, StatedExpiry[] expiries, double stay)
    {
        bool isOutlasted = TimeBetween(told[0], told[^1]).TotalSeconds > stay;
        long came = expiries[^1].Expiring - (isOutlasted ? 0 : expiries[0].Expiring);
        return expiries[^1].Fresh - expiries.Min(expiry => expiry.Fresh) > MostFresh * Math.Max(0, came);
    }

    /// <summary>Whether entries become more though those of the first reading must be gone.</summary>
    private bool GoOnAfterLife(int[] told, StatedExpiry[] expiries, double stay)
    {
        int after = Array.FindIndex(told, round => TimeBetween(told[0], round).TotalSeconds > stay + LatestScan.TotalSeconds);
        return after >= 0 && expiries[^1].Expiring > MostAfterLife * expiries[after].Expiring;
    }

    /// <summary>What there is, and what comes at the rate of the run until the first that comes now is taken out.</summary>
    private double BytesWhenFull(CachePlace<Cache> place, int first, double stay)
    {
        int last = growth.Rounds.Length - 1;
        double bytes = place.BytesIn(growth, last), seconds = TimeBetween(first, last).TotalSeconds;
        return seconds > 0 ? bytes + (Math.Max(0, bytes - place.BytesIn(growth, first)) / seconds * stay) : double.PositiveInfinity;
    }

    private TimeSpan TimeBetween(int first, int last) => growth.Rounds[last].ReadAt - growth.Rounds[first].ReadAt ?? TimeSpan.Zero;

    private double[] Expiring(CachePlace<Cache> place) => [.. Enumerable.Range(0, growth.Rounds.Length).Select(round => (double?)ExpiryIn(round, place.Cache)?.Expiring ?? double.NaN)];

    /// <summary>The expiry on a path in a round; null where no entry tells one.</summary>
    private StatedExpiry? ExpiryIn(int round, Cache cache) =>
        growth.Rounds[round].ReadAt is not null && growth.Rounds[round].Expiries.TryGetValue(cache.Holder, out StatedExpiry expiry) ? expiry : null;

    private long CachesIn(int round, Cache cache) => growth.Rounds[round].Paths.TryFind(cache.Holder, out int index) ? growth.Rounds[round].Paths.Nodes[index].Count : 0;

    private static string Describe(StatedExpiry expiry, long caches, TimeSpan longest, double bytes)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string who = caches == 1 ? "the MemoryCache that holds it" : string.Create(invariant, $"the {caches:#,0} MemoryCaches that hold it");
        string when = longest > TimeSpan.Zero ? $"expire, nine of ten within {Spans.Show(longest)} of a reading" : "had expired when they were read";
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
