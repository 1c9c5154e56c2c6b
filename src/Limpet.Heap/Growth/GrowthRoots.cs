using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// Finds where growth begins. A path whose parent grows too is part of the parent's leak; so is one whose parent wavers but which
/// grows no faster than something growing further up, unless a single object or a few lie between. Side by side in one array is one leak, in two fields it is two.
/// O(growing paths × depth).
/// </summary>
public static class GrowthRoots
{
    private const double SameGrowth = 0.2;

    /// <summary>Objects on the way that are fewer than the growth by this factor are a neck: what grows behind them is not spread over what grows before.</summary>
    private const double Neck = 10;

    /// <summary>Finds the growth roots among the paths that <paramref name="grows"/> accepts, those with the most bytes first.</summary>
    public static ImmutableArray<GrowthRoot> Find(PathGrowth growth, Func<PathSeries, bool> grows)
    {
        HashSet<ulong> growing = [.. growth.Paths.Where(grows).Select(series => series.Id)];
        ILookup<ulong, PathSeries> children = growth.Paths.ToLookup(series => series.ParentId);
        return
        [
            .. growth.Paths
                .Where(series => growing.Contains(series.Id) && IsTopmost(growth, growing, series))
                .GroupBy(Place)
                .Select(tops => Root(growth, children, [.. tops], growing))
                .OrderByDescending(root => root.Bytes[^1] - root.Bytes[0])
                .ThenBy(root => root.RawPath, StringComparer.Ordinal),
        ];
    }

    private static bool IsTopmost(PathGrowth growth, HashSet<ulong> growing, PathSeries series)
    {
        if (growing.Contains(series.ParentId))
        {
            return false;
        }

        return !growth.StepsTo(series.Id)
            .SkipLast(1)
            .Reverse()
            .TakeWhile(step => step.Count * Neck >= series.CountGrowth)
            .Where(step => growing.Contains(step.Id))
            .Any(step => growth.Find(step.Id)!.CountGrowth >= series.CountGrowth * (1 - SameGrowth));
    }

    /// <summary>Elements of one array are one place; everything else is a place of its own.</summary>
    private static (ulong Holder, ulong Own) Place(PathSeries series) =>
        series.Path.Label.Kind == "ArrayElement" ? (series.ParentId, 0) : (series.ParentId, series.Id);

    private static GrowthRoot Root(PathGrowth growth, ILookup<ulong, PathSeries> children, ImmutableArray<PathSeries> tops, HashSet<ulong> growing)
    {
        var found = tops
            .Select(top => (Top: top, Subject: SubjectOf(top, children, growing), Bytes: growth.SubtreeBytesOf(top.Id)))
            .OrderByDescending(entry => IsNamed(entry.Subject))
            .ThenByDescending(entry => entry.Bytes[^1] - entry.Bytes[0])
            .ToArray();
        var (first, subject, _) = found[0];
        ImmutableArray<PathNode> steps = growth.StepsTo(first.Id);
        return new GrowthRoot
        {
            Tops = [.. found.Select(entry => entry.Top)],
            Subject = subject,
            Bytes = [.. Enumerable.Range(0, growth.Rounds.Length).Select(round => found.Sum(entry => entry.Bytes[round]))],
            Members = [.. found.SelectMany(entry => Subtree(entry.Top, children))],
            Container = GrowthContainer.Above(steps),
            RawPath = RawPathOf(growth, subject.Id),
        };
    }

    private static string RawPathOf(PathGrowth growth, ulong id) => growth.TryFindLast(id, out PathTree? tree, out int index) ? tree.RawPathOf(index) : "";

    private static PathSeries SubjectOf(PathSeries top, ILookup<ulong, PathSeries> children, HashSet<ulong> growing)
    {
        if (top.CountGrowth <= 0)
        {
            return top;
        }

        PathSeries[] same =
        [
            .. Subtree(top, children).Where(series => GrowsAs(series, top) && IsNamed(series)),
        ];
        if (same.Length == 0)
        {
            // Nothing of the user's grows as fast: then what grows below it, if anything of the user's does, says more than a part of the framework,
            // and what a collection holds says more than the collection's own nodes.
            return Subtree(top, children)
                .Where(series => growing.Contains(series.Id) && IsNamed(series))
                .OrderByDescending(series => series.CountGrowth)
                .ThenBy(IsOfPackage)
                .ThenBy(series => series.Path.Depth)
                .FirstOrDefault()
                ?? (IsInside(top) ? Subtree(top, children).FirstOrDefault(series => GrowsAs(series, top) && !IsPart(series)) : null)
                ?? top;
        }

        return same.OrderBy(IsOfPackage)
                .ThenBy(IsCompilerMade)
                .ThenBy(series => series.Path.Depth)
                .ThenByDescending(series => growing.Contains(series.Id))
                .ThenByDescending(series => series.BytesGrowth)
                .First();
    }

    private static bool GrowsAs(PathSeries series, PathSeries top) => Math.Abs(series.CountGrowth - top.CountGrowth) <= SameGrowth * top.CountGrowth;

    private static bool IsPart(PathSeries series) => FrameworkTypes.IsWrapping(series.Path.Type, series.Path.Traits);

    /// <summary>Whether it is a node, an entry or an array inside a collection: a whole collection is something that can leak itself.</summary>
    private static bool IsInside(PathSeries series) =>
        IsPart(series) && ((series.Path.Traits & TypeTraits.Array) != 0 || TypeNameParser.Parse(series.Path.Type) is { Parts: [_, _, ..] });

    private static bool IsNamed(PathSeries series) => FrameworkTypes.IsSubject(series.Path.Type, series.Path.Traits);

    private static bool IsOfPackage(PathSeries series) => (series.Path.Traits & TypeTraits.Package) != 0;

    private static bool IsCompilerMade(PathSeries series) =>
        TypeNameParser.Parse(series.Path.Type) is { Parts: [.., { IsCompilerMade: true }] };

    private static IEnumerable<PathSeries> Subtree(PathSeries top, ILookup<ulong, PathSeries> children)
    {
        Queue<PathSeries> open = new([top]);
        while (open.TryDequeue(out PathSeries? series))
        {
            yield return series;
            foreach (PathSeries child in children[series.Id])
            {
                open.Enqueue(child);
            }
        }
    }
}
