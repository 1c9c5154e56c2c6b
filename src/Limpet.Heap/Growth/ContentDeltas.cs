using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Growth;

/// <summary>Places whose collections have more elements, while no objects came that explain them. Where one of the heaps does not tell elements there are none.</summary>
internal static class ContentDeltas
{
    /// <summary>Objects that are fewer than this part of the elements are not what came: a list or two beside thousands of numbers.</summary>
    private const int SmallestPart = 100;

    /// <param name="growth">The heaps.</param>
    /// <param name="came">How many objects came to a path; 0 for one that has no more, or the same by another way.</param>
    public static IEnumerable<ContentDelta> Of(PathGrowth growth, Func<PathSeries, long> came)
    {
        if (!growth.Rounds.All(heap => heap.TellsElements))
        {
            return [];
        }

        // Of collections that are only reached by another way than before, their type has no more elements in all.
        ContentSeries[] grown =
        [
            .. growth.ContentsSince(0)
                .Where(content => content.IsElements)
                .GroupBy(content => content.Path.Type)
                .Where(type => Kept(Sum(type)) > 0)
                .SelectMany(type => type)
                .Where(content => Kept(content.Compared) > 0),
        ];
        if (grown.Length == 0)
        {
            return [];
        }

        Dictionary<ulong, long> objects = ObjectsBelow(growth, came);
        return grown
            .Where(content => objects.GetValueOrDefault(content.Id) * SmallestPart < Kept(content.Compared))
            .Select(content => (content.Id, Delta: Describe(growth.StepsTo(content.Id), content)))
            .OrderByDescending(content => content.Delta.ElementsDelta)
            .ThenBy(content => content.Id)
            .Select(content => content.Delta);
    }

    private static ContentDelta Describe(ImmutableArray<PathNode> steps, ContentSeries content) => new(
        GrowthContainer.Above(steps).Name,
        SourceNames.Type(content.Path.Type),
        PathWords.Of(steps),
        [.. content.Values.Select(value => (long)value)],
        Kept(content.Compared));

    /// <summary>By path, the most objects that came to it or to one path below it. Parts in which a collection keeps its elements are no such objects.</summary>
    private static Dictionary<ulong, long> ObjectsBelow(PathGrowth growth, Func<PathSeries, long> came)
    {
        Dictionary<ulong, long> below = [];
        foreach (PathSeries path in growth.Paths.Where(path => !path.Path.IsRoot))
        {
            long count = came(path);
            if (count <= 0)
            {
                continue;
            }

            ImmutableArray<PathNode> steps = growth.StepsTo(path.Id);
            if (FrameworkTypes.IsPartWithCount(path.Path.Type) || ((path.Path.Traits & TypeTraits.Array) != 0 && steps.Length > 1 && FrameworkTypes.IsPartWithCount(steps[^2].Type)))
            {
                continue;
            }

            foreach (PathNode step in steps)
            {
                below[step.Id] = Math.Max(below.GetValueOrDefault(step.Id), count);
            }
        }

        return below;
    }

    private static double[] Sum(IEnumerable<ContentSeries> contents) =>
        contents.Select(content => content.Compared.ToArray()).Aggregate((sum, next) => [.. sum.Zip(next, (left, right) => left + right)]);

    private static long Kept(IReadOnlyList<double> values) => (long)(values.Skip(1).Min() - values[0]);
}
