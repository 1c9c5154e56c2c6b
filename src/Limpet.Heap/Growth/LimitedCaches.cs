using System.Globalization;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// Caches and channels that the program told how much they may hold: what fills them does not leak. The limit is read in each round, with what is taken of it; it bounds as long as it is the same, what
/// comes takes of it, and what it lets in is not so much that no program lives to see it. O(rounds + depth) a path that is asked for.
/// </summary>
public sealed class LimitedCaches
{
    /// <summary>A bound that lets in more bytes than this, by what those that come take, is none that helps.</summary>
    public const double MostBytes = 1L << 30;

    private readonly PathGrowth growth;
    private readonly CachePlaces<Cache> places;

    /// <param name="growth">The rounds.</param>
    public LimitedCaches(PathGrowth growth)
    {
        this.growth = growth;
        places = new CachePlaces<Cache>(growth, CacheOf, innermost: true);
    }

    /// <summary>What bounds the objects of a path, such as <c>the MemoryCache that holds it has a SizeLimit of 10,240, of which 3,210 is taken</c>; null where nothing is known to, or their number is always the same.</summary>
    public string? BoundOf(PathSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.Counts.All(count => count == series.Counts[0])
            || places.Of(series.Id) is not { } place
            || place.EntriesOf(series, growth) is not { } entries
            || !Holds(place)
            || !IsOfEntries(series, place, entries) ? null : LimitOf(place.Cache);
    }

    /// <summary>The same of the elements of a collection that is what has the limit; null for what lies in entries.</summary>
    public string? BoundOf(ContentSeries content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return content.IsElements && places.Of(content.Id) is { Entry: 0 } place && Holds(place) ? LimitOf(place.Cache) : null;
    }

    /// <summary>The limit of what a path lies in, in the same words, whatever else is the matter; null where it has none.</summary>
    public string? LimitOf(PathSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return places.Of(series.Id) is { } place ? LimitOf(place.Cache) : null;
    }

    /// <summary>Whether the limit was never passed nor changed where it was read, which the first capture may not know to do yet, and is one that helps.</summary>
    private bool Holds(CachePlace<Cache> place)
    {
        if (LimitIn(growth.Rounds.Length - 1, place.Cache) is not { } last || last.Taken <= 0)
        {
            return false;
        }

        int first = Enumerable.Range(0, growth.Rounds.Length).First(round => growth.Rounds[round].Limits.ContainsKey(place.Cache.Holder));
        return Enumerable.Range(first, growth.Rounds.Length - first).All(round => LimitIn(round, place.Cache) is { } limit
                && limit.Most == last.Most && limit.Holders == last.Holders && limit.Taken <= limit.Most)
            && BytesWhenFull(place, first, last) <= MostBytes;
    }

    /// <summary>Whether what comes on a path comes with entries, and with many of them, and these take of the limit.</summary>
    private bool IsOfEntries(PathSeries series, CachePlace<Cache> place, PathSeries entries)
    {
        double[] taken = [.. Enumerable.Range(0, growth.Rounds.Length).Select(round => LimitIn(round, place.Cache)?.Taken ?? double.NaN)];
        return place.ComesWith(series, entries, growth) && (place.Cache.Kind.Options is null || Company.Has(entries.Counts, taken, CachePlace<Cache>.MostAlone));
    }

    /// <summary>What there is, and as much for the rest of the limit as for what was taken meanwhile: what all entries share comes once.</summary>
    private double BytesWhenFull(CachePlace<Cache> place, int first, StatedLimit last)
    {
        double before = LimitIn(first, place.Cache)?.Taken ?? 0, bytes = place.BytesIn(growth, growth.Rounds.Length - 1), rest = last.Most - last.Taken;
        return bytes + (last.Taken > before ? Math.Max(0, bytes - place.BytesIn(growth, first)) * rest / (last.Taken - before) : bytes * rest / last.Taken);
    }

    /// <summary>The limits on a path in a round; null where one of the holders there has none: what is in that one is not bounded by those of the others.</summary>
    private StatedLimit? LimitIn(int round, Cache cache) =>
        growth.Rounds[round].Limits.TryGetValue(cache.Holder, out StatedLimit limit)
        && growth.Rounds[round].Paths.TryFind(cache.Holder, out int index)
        && growth.Rounds[round].Paths.Nodes[index].Count == limit.Holders ? limit : null;

    private string? LimitOf(Cache cache) => LimitIn(growth.Rounds.Length - 1, cache) is { } limit ? Describe(cache.Kind, limit) : null;

    private static string Describe(LimitedKind kind, StatedLimit limit)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string taken = limit.Told < limit.Holders ? "" : string.Create(invariant, $", of which {limit.Taken:#,0} is taken");
        return limit.Holders == 1
            ? string.Create(invariant, $"the {kind.Name} that holds it has a {kind.Limit} of {limit.Most:#,0}{taken}")
            : string.Create(invariant, $"the {limit.Holders:#,0} {kind.Names} that hold it have a {kind.Limit} of {limit.Most:#,0} in all{taken}");
    }

    private static Cache? CacheOf(PathTree tree, int index)
    {
        PathNode node = tree.Nodes[index];
        return !node.IsRoot && LimitedKind.Of(tree.Nodes[node.Parent].Type, node.Label.Member) is { } kind ? new Cache(kind, tree.Nodes[node.Parent].Id) : null;
    }

    private sealed record Cache(LimitedKind Kind, ulong Holder);
}
