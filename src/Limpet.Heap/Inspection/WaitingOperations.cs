using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>Async methods that have begun and not ended, grouped by what they await, with what holds them.</summary>
internal static class WaitingOperations
{
    private const int MostRoots = 5;

    public static ImmutableArray<PendingOperationGroup> Of(MergedPaths merged) =>
    [
        .. PendingOperations.In(merged.Tree)
            .Select(operation => (operation.Method, Awaits: AwaitedWork.NameOf(merged.Graph, operation.Node), merged.Paths.Nodes[merged.PathOf(operation.Node)].Root))
            .GroupBy(operation => operation.Awaits)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new PendingOperationGroup(
                group.Key,
                group.Count(),
                [.. Tally(group.Select(operation => operation.Method)).Select(entry => new NamedTally(entry.Key, entry.Count))],
                [.. Tally(group.Select(operation => operation.Root)).Take(MostRoots).Select(entry => new RootTally(new TraceRoot(entry.Key.Kind.ToString(), entry.Key.Name), entry.Count))])),
    ];

    private static IEnumerable<(T Key, long Count)> Tally<T>(IEnumerable<T> values)
        where T : notnull => values
            .GroupBy(value => value)
            .Select(group => (group.Key, group.LongCount()))
            .OrderByDescending(entry => entry.Item2)
            .ThenBy(entry => entry.Key.ToString(), StringComparer.Ordinal);
}
