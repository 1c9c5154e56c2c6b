using System.Globalization;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// Caches and channels that the program told how much they may hold: what fills them does not leak. The limit is read in each round, with what is taken of it where that is not the number of entries; it
/// bounds as long as it is the same, what comes takes of it, and what it lets in is not so much that no program lives to see it. O(rounds + depth) a path that is asked for.
/// </summary>
public sealed class LimitedCaches
{
    /// <summary>A limit that lets in more bytes than this, by what those that are there take, is none that helps.</summary>
    private const double MostBytes = 1L << 30;

    private static readonly Dictionary<string, Kind> Kinds = new(StringComparer.Ordinal)
    {
        ["System.Threading.Channels.BoundedChannel"] = new("_items", "bounded channel", "bounded channels", "capacity"),
        ["System.Collections.Concurrent.BlockingCollection"] = new("_collection", "BlockingCollection", "BlockingCollections", "capacity"),
        ["Microsoft.Extensions.Caching.Memory.MemoryCache"] = new("_coherentState", "MemoryCache", "MemoryCaches", "SizeLimit"),
    };

    private static readonly HashSet<string> Members = [.. Kinds.Values.Select(kind => kind.Member)];
    private readonly PathGrowth growth;
    private readonly CachePlaces<Cache> places;

    /// <param name="growth">The rounds.</param>
    public LimitedCaches(PathGrowth growth)
    {
        this.growth = growth;
        places = new CachePlaces<Cache>(growth, CacheOf);
    }

    /// <summary>What bounds the objects of a path, such as <c>the MemoryCache that holds it has a SizeLimit of 10,240, of which 3,210 is taken</c>; null where nothing is known to.</summary>
    public string? BoundOf(PathSeries series) =>
        places.Of(series.Id) is { } place && LimitOf(place.Cache) is { } limit && place.EntriesOf(series, growth) is { } entries && IsBounded(series, place, entries)
            ? Describe(place.Cache.Kind, limit, entries.Counts[^1])
            : null;

    /// <summary>The limit of what a path lies in, in the same words, whatever else is the matter; null where it has none.</summary>
    public string? LimitOf(PathSeries series) =>
        places.Of(series.Id) is { } place && LimitOf(place.Cache) is { } limit && place.EntriesOf(series, growth) is { } entries ? Describe(place.Cache.Kind, limit, entries.Counts[^1]) : null;

    private bool IsBounded(PathSeries series, CachePlace<Cache> place, PathSeries entries)
    {
        StatedLimit last = LimitOf(place.Cache)!.Value;
        double[] taken = [.. Enumerable.Range(0, growth.Rounds.Length).Select(round => LimitIn(round, place.Cache) is { } limit ? limit.Taken ?? entries.Counts[round] : double.NaN)];
        bool holds = Enumerable.Range(0, taken.Length).All(round =>
            LimitIn(round, place.Cache) is not { } limit || (limit.Most == last.Most && limit.Holders == last.Holders && taken[round] <= limit.Most));
        return holds && taken[^1] > 0 && BytesWhenFull(place.Begin, last.Most / taken[^1]) <= MostBytes
            && CachePlace<Cache>.ComesWith(series.Counts, entries.Counts) && CachePlace<Cache>.ComesWith(entries.Counts, taken);
    }

    private double BytesWhenFull(ulong begin, double times) => growth.Rounds[^1].Paths.TryFind(begin, out int index) ? growth.Rounds[^1].Paths.SubtreeBytesOf(index) * times : 0;

    private StatedLimit? LimitOf(Cache cache) => LimitIn(growth.Rounds.Length - 1, cache);

    private StatedLimit? LimitIn(int round, Cache cache) => growth.Rounds[round].Limits.TryGetValue(cache.Holder, out StatedLimit limit) ? limit : null;

    private static string Describe(Kind kind, StatedLimit limit, double entries)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string taken = string.Create(invariant, $"of which {limit.Taken ?? entries:#,0} is taken");
        return limit.Holders == 1
            ? string.Create(invariant, $"the {kind.Name} that holds it has a {kind.Limit} of {limit.Most:#,0}, {taken}")
            : string.Create(invariant, $"the {limit.Holders:#,0} {kind.Names} that hold it have a {kind.Limit} of {limit.Most:#,0} in all, {taken}");
    }

    private static Cache? CacheOf(PathTree tree, int index)
    {
        PathNode node = tree.Nodes[index];
        return !node.IsRoot && Members.Contains(node.Label.Member) && Kinds.TryGetValue(FrameworkTypes.DefinitionOf(tree.Nodes[node.Parent].Type), out Kind? kind) && kind.Member == node.Label.Member
            ? new Cache(kind, tree.Nodes[node.Parent].Id)
            : null;
    }

    /// <summary>A kind of cache.</summary>
    /// <param name="Member">What holds the entries.</param>
    /// <param name="Name">What one is called.</param>
    /// <param name="Names">What several are.</param>
    /// <param name="Limit">What its limit is called.</param>
    private sealed record Kind(string Member, string Name, string Names, string Limit);

    private sealed record Cache(Kind Kind, ulong Holder);
}
