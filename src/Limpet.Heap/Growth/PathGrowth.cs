using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// How types and merged paths went over the rounds. Only what changed at all is kept as a series.
/// O(rounds × path nodes); 16 bytes a round and path node while it is built, then that for what changed.
/// </summary>
public sealed class PathGrowth
{
    private readonly Dictionary<ulong, PathSeries> changed;

    private PathGrowth(ImmutableArray<HeapCensus> rounds, ImmutableArray<TypeSeries> types, ImmutableArray<PathSeries> paths)
    {
        Rounds = rounds;
        Types = types;
        Paths = paths;
        changed = paths.ToDictionary(series => series.Id);
    }

    /// <summary>The rounds.</summary>
    public ImmutableArray<HeapCensus> Rounds { get; }

    /// <summary>Every type whose count or bytes changed, by name.</summary>
    public ImmutableArray<TypeSeries> Types { get; }

    /// <summary>Every path node whose count or bytes changed; parents before children where one round has both.</summary>
    public ImmutableArray<PathSeries> Paths { get; }

    /// <summary>Compares rounds.</summary>
    /// <exception cref="ArgumentException">There is no round.</exception>
    public static PathGrowth Of(IReadOnlyList<HeapCensus> rounds)
    {
        if (rounds.Count == 0)
        {
            throw new ArgumentException("Growth needs at least one round.", nameof(rounds));
        }

        return new PathGrowth([.. rounds], TypesOf(rounds), PathsOf(rounds));
    }

    /// <summary>The series of a path node; null when it never changed.</summary>
    public PathSeries? Find(ulong id) => changed.GetValueOrDefault(id);

    /// <summary>
    /// What grows or shrinks inside objects since a round: elements of the collections that tell them, and bytes of strings and of arrays without references that are no
    /// part of such a collection and whose own number is the same.
    /// </summary>
    public IEnumerable<ContentSeries> ContentsSince(int round)
    {
        HashSet<ulong> collections = [.. Rounds.SelectMany(one => one.Elements.Keys)];
        foreach (ulong id in collections)
        {
            ImmutableArray<double> beyond = [.. Rounds.Select(one => (double)one.Elements.GetValueOrDefault(id).Beyond)];
            if (!IsSame(beyond, round) && StepsTo(id) is [.., var path])
            {
                yield return new ContentSeries(path, IsElements: true, [.. Rounds.Select(one => (double)one.Elements.GetValueOrDefault(id).Elements)], beyond)
                {
                    HoldersStay = AreTheSame(path, round) && IsFullSinceTold(beyond.AsSpan()[round..]),
                };
            }
        }

        foreach (PathSeries series in Paths)
        {
            TypeTraits traits = series.Path.Traits;
            bool isArray = (traits & (TypeTraits.Array | TypeTraits.NoReferences)) == (TypeTraits.Array | TypeTraits.NoReferences);
            if ((isArray || (traits & TypeTraits.String) != 0) && IsSame(series.Counts, round) && !IsSame(series.Bytes, round) && !(isArray && IsPartOf(collections, series)))
            {
                yield return new ContentSeries(series.Path, IsElements: false, series.Bytes, series.Bytes) { HoldersStay = true };
            }
        }
    }

    /// <summary>Whether there were as many collections on a path each time. The pieces of a whole are one.</summary>
    private bool AreTheSame(PathNode path, int round) => FrameworkTypes.IsInPieces(path.Type)
        ? Rounds.Skip(round).Select(one => one.Elements.GetValueOrDefault(path.Id).Collections).Where(collections => collections > 0).Distinct().Count() == 1
        : IsSame(Find(path.Id)?.Counts, round);

    /// <summary>With too few elements to be told a collection is as good as empty, and so each begins; one that is so again comes and goes.</summary>
    private static bool IsFullSinceTold(ReadOnlySpan<double> beyond) => !beyond[Math.Max(0, beyond.IndexOfAnyExcept(0))..].Contains(0);

    /// <summary>Whether an array is one in which a collection keeps its elements.</summary>
    private bool IsPartOf(HashSet<ulong> collections, PathSeries array)
    {
        PathTree tree = Rounds[^1].Paths;
        return tree.TryFind(array.Id, out int index) && tree.IsPartOf(index, whole => collections.Contains(tree.Nodes[whole].Id), ContentSeries.PartSteps);
    }

    /// <summary>Bytes of a path node and everything below it, by round.</summary>
    public ImmutableArray<double> SubtreeBytesOf(ulong id) =>
        [.. Rounds.Select(round => round.Paths.TryFind(id, out int index) ? (double)round.Paths.SubtreeBytesOf(index) : 0)];

    /// <summary>The path nodes from the root to one, as the last round that has it knows them.</summary>
    public ImmutableArray<PathNode> StepsTo(ulong id) => TryFindLast(id, out PathTree? tree, out int index) ? tree.StepsTo(index) : [];

    /// <summary>Finds a path node in the last round that has it.</summary>
    internal bool TryFindLast(ulong id, [NotNullWhen(true)] out PathTree? tree, out int index)
    {
        for (int round = Rounds.Length - 1; round >= 0; round--)
        {
            if (Rounds[round].Paths.TryFind(id, out index))
            {
                tree = Rounds[round].Paths;
                return true;
            }
        }

        tree = null;
        index = -1;
        return false;
    }

    private static bool IsSame(ImmutableArray<double>? values, int since) => values is not { } all || !all.AsSpan()[since..].ContainsAnyExcept(all[since]);

    private static ImmutableArray<TypeSeries> TypesOf(IReadOnlyList<HeapCensus> rounds)
    {
        var series = ImmutableArray.CreateBuilder<TypeSeries>();
        foreach (string type in rounds.SelectMany(round => round.Types.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            TypeCount[] counts = [.. rounds.Select(round => round.Types.GetValueOrDefault(type))];
            if (counts.Any(count => count != counts[0]))
            {
                series.Add(new TypeSeries(type, [.. counts.Select(count => (double)count.Count)], [.. counts.Select(count => (double)count.Bytes)]));
            }
        }

        return series.DrainToImmutable();
    }

    private static ImmutableArray<PathSeries> PathsOf(IReadOnlyList<HeapCensus> rounds)
    {
        Dictionary<ulong, (PathNode Path, ulong Parent, double[] Counts, double[] Bytes)> all = [];
        List<ulong> order = [];
        for (int round = 0; round < rounds.Count; round++)
        {
            ImmutableArray<PathNode> nodes = rounds[round].Paths.Nodes;
            foreach (PathNode node in nodes)
            {
                if (!all.TryGetValue(node.Id, out var entry))
                {
                    entry = (node, 0, new double[rounds.Count], new double[rounds.Count]);
                    order.Add(node.Id);
                }

                entry.Counts[round] = node.Count;
                entry.Bytes[round] = node.Bytes;
                all[node.Id] = (node, node.IsRoot ? 0 : nodes[node.Parent].Id, entry.Counts, entry.Bytes);
            }
        }

        return
        [
            .. order.Select(id => all[id])
                .Where(entry => entry.Counts.AsSpan().ContainsAnyExcept(entry.Counts[0]) || entry.Bytes.AsSpan().ContainsAnyExcept(entry.Bytes[0]))
                .Select(entry => new PathSeries(entry.Path, entry.Parent, [.. entry.Counts], [.. entry.Bytes])),
        ];
    }
}
