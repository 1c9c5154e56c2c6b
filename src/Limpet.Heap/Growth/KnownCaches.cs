using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// What the runtime and common packages keep for themselves up to a number that is known: it fills as the program goes on, and never leaks. The version of the module is not asked,
/// which no reading keeps: the number is. O(rounds + depth) a path that is asked for.
/// </summary>
internal sealed class KnownCaches(PathGrowth growth)
{
    /// <summary>Threads that fill a cache at a time may each see that there is room for one more.</summary>
    private const int Beyond = 32;

    private static readonly ImmutableArray<KnownFact> Bounded = [.. KnownFacts.All.Where(fact => fact is { Kind: KnownFactKind.BoundedCache, Most: not null })];
    private static readonly HashSet<string?> Members = [.. Bounded.Select(fact => fact.Member)];
    private readonly Dictionary<ulong, Place?> places = [];

    /// <summary>Whether a path lies in such a cache, however much is there.</summary>
    public bool Have(ulong id) => PlaceOf(id) is not null;

    /// <summary>
    /// What bounds the objects of a path that are in such a cache; null for others. Entries that are more than it ever holds are not what is known of it, nor is what
    /// comes below them while no entry does; what comes with entries is taken for a part of them.
    /// </summary>
    public string? BoundOf(PathSeries series)
    {
        if (PlaceOf(series.Id) is not { } place || EntriesOf(place, series) is not { } entries)
        {
            return null;
        }

        double[] most = [.. Enumerable.Range(0, entries.Counts.Length).Select(round => place.Fact.Most!.Value * HoldersIn(round, place))];
        int beyond = place.Holder == 0 ? Beyond : 0;
        return entries.Counts.Zip(most).All(round => round.First <= round.Second + beyond) && ComesWith(series.Counts, entries.Counts)
            ? FormattableString.Invariant($"at most {most[^1]:#,0} entries are ever there: {place.Fact.Says}")
            : null;
    }

    private PathSeries? EntriesOf(Place place, PathSeries series) => place.Entry == 0 ? series : growth.Find(place.Entry);

    private double HoldersIn(int round, Place place) => place.Holder == 0 ? 1 : growth.Find(place.Holder)?.Counts[round] ?? place.Holders;

    private static bool ComesWith(ImmutableArray<double> counts, ImmutableArray<double> entries) =>
        !Enumerable.Range(1, counts.Length - 1).Any(round => counts[round] > counts[round - 1] && entries[round] <= entries[round - 1]);

    private Place? PlaceOf(ulong id) => growth.TryFindLast(id, out PathTree? tree, out int index) ? PlaceOf(tree, index) : null;

    private Place? PlaceOf(PathTree tree, int index)
    {
        PathNode node = tree.Nodes[index];
        if (!places.TryGetValue(node.Id, out Place? place))
        {
            place = node.IsRoot ? OfRoot(node.Root) : Below(PlaceOf(tree, node.Parent), tree.Nodes[node.Parent], node);
            places.Add(node.Id, place);
        }

        return place;
    }

    private static Place? Below(Place? above, PathNode holder, PathNode node) =>
        above is not null ? above.Entry == 0 && node.Label.Kind == "ArrayElement" ? above with { Entry = node.Id } : above
        : Members.Contains(node.Label.Member) ? OfMember(holder, node.Label.Member)
        : null;

    private static Place? OfRoot(PathRoot root) =>
        root.Kind == RootKind.StaticField && Bounded.FirstOrDefault(fact => fact.Root == root.Name) is { } fact ? new Place(fact, 0, 1, 0) : null;

    private static Place? OfMember(PathNode holder, string member) =>
        Bounded.FirstOrDefault(fact => fact.Member == member && fact.Type == FrameworkTypes.DefinitionOf(holder.Type)) is { } fact ? new Place(fact, holder.Id, holder.Count, 0) : null;

    /// <summary>Where a path lies in a cache.</summary>
    /// <param name="Fact">What is known of the cache.</param>
    /// <param name="Holder">Id of the path of the objects that each have such a cache; 0 where there is one in all.</param>
    /// <param name="Holders">How many of these there are, where that is the same in each round.</param>
    /// <param name="Entry">Id of the path of the entries, which this is or is a part of; 0 for what lies before the entries.</param>
    private sealed record Place(KnownFact Fact, ulong Holder, long Holders, ulong Entry);
}
