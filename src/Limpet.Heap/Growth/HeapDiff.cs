using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Growth;

/// <summary>
/// What changed between heaps, by type and by merged path; objects move, so they are not followed one by one. Of more than two heaps only what came
/// between the first and the second and is still there in all later ones is told: as many as the least of the later heaps has more than the first.
/// A path counts when its type as a whole went the same way: what is only reached by another way than before is no growth.
/// O(heaps × path nodes).
/// </summary>
public sealed class HeapDiff
{
    /// <summary>What grew by less than this part of the largest growth is no place of its own.</summary>
    private const int SmallestPart = 100;

    private HeapDiff(PathGrowth growth)
    {
        Dictionary<string, Delta> types = growth.Types.ToDictionary(type => type.Type, type => DeltaOf(type.Counts, type.Bytes));
        Types = [.. Sorted(types.Select(type => new TypeDelta(SourceNames.Type(type.Key), type.Value)), type => type.Delta)];

        // Objects that are only reached by another way than before came to no place and went from none.
        bool Came(PathSeries path) => types.TryGetValue(path.Path.Type, out Delta? ofType) && IsSameWay(ofType, DeltaOf(path.Counts, path.Bytes));
        Paths =
        [
            .. Sorted(
                growth.Paths
                    .Where(path => !path.Path.IsRoot && Came(path))
                    .Select(path => new PathDelta(PathWords.Of(growth.StepsTo(path.Id)), SourceNames.Type(path.Path.Type), DeltaOf(path.Counts, path.Bytes))),
                path => path.Delta),
        ];
        long smallest = Math.Max(1, growth.Paths.Where(Came).Select(path => DeltaOf(path.Counts, path.Bytes).CountDelta).DefaultIfEmpty(0).Max() / SmallestPart);
        Containers =
        [
            .. GrowthRoots.Find(growth, path => DeltaOf(path.Counts, path.Bytes).CountDelta >= smallest && Came(path))
                .Select(root => new ContainerDelta(
                    root.Container.Name,
                    root.Container.Type,
                    root.SubjectName,
                    DeltaOf(root.Counts, root.Bytes),
                    PathWords.Of(growth.StepsTo(root.Subject.Id)))),
        ];
        Contents = [.. ContentDeltas.Of(growth, path => Came(path) ? DeltaOf(path.Counts, path.Bytes).CountDelta : 0)];
    }

    /// <summary>Places whose collections have more elements while no more objects came below them, those first that got the most.</summary>
    public ImmutableArray<ContentDelta> Contents { get; }

    /// <summary>Places where objects came together, those with the most bytes first.</summary>
    public ImmutableArray<ContainerDelta> Containers { get; }

    /// <summary>Types that changed; what grew first, by bytes.</summary>
    public ImmutableArray<TypeDelta> Types { get; }

    /// <summary>Merged paths that changed; what grew first, by bytes.</summary>
    public ImmutableArray<PathDelta> Paths { get; }

    /// <summary>Compares heaps.</summary>
    /// <param name="heaps">Two or more, in the order of time.</param>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static HeapDiff Of(IReadOnlyList<HeapCensus> heaps) =>
        heaps.Count < 2 ? throw new ArgumentException("A difference needs two heaps.", nameof(heaps)) : new HeapDiff(PathGrowth.Of(heaps));

    private static IEnumerable<T> Sorted<T>(IEnumerable<T> changes, Func<T, Delta> deltaOf) => changes
        .Where(change => deltaOf(change) is var delta && (delta.Counts.Length == 2 || delta.CountDelta > 0))
        .OrderByDescending(change => deltaOf(change).BytesDelta.Bytes)
        .ThenByDescending(change => deltaOf(change).CountDelta);

    private static Delta DeltaOf(ImmutableArray<double> counts, ImmutableArray<double> bytes)
    {
        long count = Kept(counts);
        return new Delta(
            [.. counts.Select(value => (long)value)],
            [.. bytes.Select(value => (long)value)],
            count,
            new ByteSize(Kept(bytes)),
            counts[0] == 0 ? ChangeKind.New : counts.Skip(1).All(value => value == 0) ? ChangeKind.Gone : count < 0 || (count == 0 && Kept(bytes) < 0) ? ChangeKind.Shrunk : ChangeKind.Grown);
    }

    private static bool IsSameWay(Delta type, Delta path) =>
        path.CountDelta != 0 ? Math.Sign(type.CountDelta) == Math.Sign(path.CountDelta) : Math.Sign(type.BytesDelta.Bytes) == Math.Sign(path.BytesDelta.Bytes);

    private static long Kept(ImmutableArray<double> values) => (long)(values.Skip(1).Min() - values[0]);
}
