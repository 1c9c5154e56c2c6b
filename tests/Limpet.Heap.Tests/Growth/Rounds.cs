using System.Collections.Immutable;
using Limpet.Heap.Code;
using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Tests.Growth;

/// <summary>Rounds of a program that leaks: the same heap described once for each round, with the number of operations done.</summary>
internal static class Rounds
{
    public const int Count = 4;

    public static PathGrowth Of(Action<Heap, int> describe) =>
        PathGrowth.Of([.. Enumerable.Range(1, Count).Select(round => Take(describe, round * 10))]);

    public static ImmutableArray<GrowthRoot> RootsOf(Action<Heap, int> describe) => GrowthRoots.Find(Of(describe), IsSteady);

    /// <summary>The leaks, each as its subject and, behind a plus, what is a side of it; in the order of their names.</summary>
    public static string GroupsOf(Action<Heap, int> describe)
    {
        ImmutableArray<GrowthRoot> roots = RootsOf(describe);
        using HeapGraph graph = Heap.Of(h => describe(h, Count * 10));
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        using MergedPaths merged = MergedPaths.Of(tree, TestContext.Current.CancellationToken);
        return string.Join('\n', GrowthGroups.Of(roots, merged)
            .Select(group => string.Join(" + ", group.Others.Select(Name).Order(StringComparer.Ordinal).Prepend(Name(group.Lead))) + (group.Threads > 0 ? $" on {group.Threads} stacks" : "") + (group.TimesLead > 1 ? $" times {group.TimesLead:0}" : ""))
            .Order(StringComparer.Ordinal));

        static string Name(GrowthRoot root) => $"{root.SubjectName} of {root.Container.Name}";
    }

    /// <summary>The trace of the first growth root's subject in the last round.</summary>
    public static ExplainedTrace TraceOf(Action<Heap, int> describe, ICodeFacts? code = null)
    {
        PathGrowth growth = Of(describe);
        GrowthRoot root = GrowthRoots.Find(growth, IsSteady)[0];
        using HeapGraph graph = Heap.Of(h => describe(h, Count * 10));
        using ShortestPathTree tree = ShortestPathTree.Build(graph, TestContext.Current.CancellationToken);
        using MergedPaths merged = MergedPaths.Of(tree, TestContext.Current.CancellationToken);
        Assert.True(merged.Paths.TryFind(root.Subject.Id, out int path));
        return new TraceBuilder(merged, code).Build(
            merged.RepresentativeOf(path),
            new GrowthJudge(growth, root, new TraceStatus(LeakingStatus.Yes, "+1.00 per operation in 8 of 8 rounds")).Of)!;
    }

    public static bool IsSteady(PathSeries series)
    {
        for (int round = 1; round < series.Counts.Length; round++)
        {
            if (series.Counts[round] <= series.Counts[round - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static HeapCensus Take(Action<Heap, int> describe, int operations)
    {
        using HeapGraph graph = Heap.Of(h => describe(h, operations));
        return HeapCensus.Take(graph, TestContext.Current.CancellationToken);
    }
}
