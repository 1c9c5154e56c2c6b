using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// What the runtime and common packages keep for themselves up to a number that is known: it fills as the program goes on, and never leaks. The version of the module is not asked,
/// which no reading keeps: the number is. O(rounds + depth) a path that is asked for.
/// </summary>
internal sealed class KnownCaches
{
    /// <summary>Threads that fill a cache at a time may each see that there is room for one more.</summary>
    private const int Beyond = 32;

    private static readonly ImmutableArray<KnownFact> Bounded = [.. KnownFacts.All.Where(fact => fact is { Kind: KnownFactKind.BoundedCache, Most: not null })];
    private static readonly HashSet<string?> Members = [.. Bounded.Select(fact => fact.Member)];
    private readonly PathGrowth growth;
    private readonly CachePlaces<Cache> places;

    public KnownCaches(PathGrowth growth)
    {
        this.growth = growth;
        places = new CachePlaces<Cache>(growth, CacheOf, innermost: false);
    }

    /// <summary>Whether a path lies in such a cache, however much is there.</summary>
    public bool Have(ulong id) => places.Of(id) is not null;

    /// <summary>
    /// What bounds the objects of a path that are in such a cache; null for others. Entries that are more than it ever holds are not what is known of it, nor is what
    /// comes below them while no entry does; what comes with entries is taken for a part of them.
    /// </summary>
    public string? BoundOf(PathSeries series)
    {
        if (places.Of(series.Id) is not { } place || place.EntriesOf(series, growth) is not { } entries)
        {
            return null;
        }

        Cache cache = place.Cache;
        double[] most = [.. Enumerable.Range(0, entries.Counts.Length).Select(round => cache.Fact.Most!.Value * HoldersIn(round, cache))];
        int beyond = cache.Holder == 0 ? Beyond : 0;
        return entries.Counts.Zip(most).All(round => round.First <= round.Second + beyond) && Company.Has(series.Counts, entries.Counts)
            ? FormattableString.Invariant($"at most {most[^1]:#,0} entries are ever there: {cache.Fact.Says}")
            : null;
    }

    private double HoldersIn(int round, Cache cache) => cache.Holder == 0 ? 1 : growth.Find(cache.Holder)?.Counts[round] ?? cache.Holders;

    private static Cache? CacheOf(PathTree tree, int index)
    {
        PathNode node = tree.Nodes[index];
        return node.IsRoot ? OfRoot(node.Root)
            : Members.Contains(node.Label.Member) ? OfMember(tree.Nodes[node.Parent], node.Label.Member)
            : null;
    }

    private static Cache? OfRoot(PathRoot root) =>
        root.Kind == RootKind.StaticField && Bounded.FirstOrDefault(fact => fact.Root == root.Name) is { } fact ? new Cache(fact, 0, 1) : null;

    private static Cache? OfMember(PathNode holder, string member) =>
        Bounded.FirstOrDefault(fact => fact.Member == member && fact.Type == FrameworkTypes.DefinitionOf(holder.Type)) is { } fact ? new Cache(fact, holder.Id, holder.Count) : null;

    /// <summary>A cache of which something is known.</summary>
    /// <param name="Fact">What is known of it.</param>
    /// <param name="Holder">Id of the path of the objects that each have such a cache; 0 where there is one in all.</param>
    /// <param name="Holders">How many of these there are, where that is the same in each round.</param>
    private sealed record Cache(KnownFact Fact, ulong Holder, long Holders);
}
