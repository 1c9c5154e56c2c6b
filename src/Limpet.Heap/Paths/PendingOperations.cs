using System.Collections.Frozen;
using Limpet.Heap.Holders;

namespace Limpet.Heap.Paths;

/// <summary>
/// Async methods that have begun and not ended. Each is a task that carries its state machine; it is pending until one of the
/// task's completion flags is set. A task whose flags were not read counts as pending.
/// </summary>
public static class PendingOperations
{
    private const ulong RanToCompletion = 0x1000000;
    private const ulong Faulted = 0x200000;
    private const ulong Canceled = 0x400000;

    /// <summary>Pending operations by method.</summary>
    public static FrozenDictionary<string, long> CountByMethod(ShortestPathTree tree)
    {
        Dictionary<string, long> pending = [];
        foreach (var (_, method) in In(tree))
        {
            pending[method] = pending.GetValueOrDefault(method) + 1;
        }

        return pending.ToFrozenDictionary();
    }

    /// <summary>The pending operations that roots reach, with their methods. O(nodes) where the heap has any.</summary>
    public static IEnumerable<(NodeIndex Node, string Method)> In(ShortestPathTree tree)
    {
        HeapGraph graph = tree.Graph;
        string?[] methodOf = [.. graph.Types.Select(type => SourceNames.AsyncMethodOf(type.Name))];
        int end = Array.Exists(methodOf, method => method is not null) ? graph.NodeCount : 0;
        for (int node = 0; node < end; node++)
        {
            NodeIndex index = new(node);
            if (methodOf[graph.TypeIndexOf(index).Value] is { } method && tree.IsReached(index) && !IsCompleted(graph, index))
            {
                yield return (index, method);
            }
        }
    }

    private static bool IsCompleted(HeapGraph graph, NodeIndex task) =>
        graph.Facts.TryGet(FactKind.TaskState, task, out ulong flags) && (flags & (RanToCompletion | Faulted | Canceled)) != 0;
}
