using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Heap.Holders.Kinds;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>The timers of a heap by what they call and when.</summary>
internal static class TimerList
{
    private const string Queued = "System.Threading.TimerQueueTimer";

    public static ImmutableArray<TimerGroup> Of(ShortestPathTree tree)
    {
        HeapGraph graph = tree.Graph;
        bool[] isTimer = [.. graph.Types.Select(type => type.Name == Queued)];
        return
        [
            .. Enumerable.Range(0, isTimer.Contains(true) ? graph.NodeCount : 0)
                .Select(node => new NodeIndex(node))
                .Where(node => isTimer[graph.TypeIndexOf(node).Value] && tree.IsReached(node))
                .GroupBy(node => (Calls: CallsOf(graph, node), Schedule: TimerMeaning.Schedule(graph, node)))
                .Select(group => new TimerGroup(group.Key.Calls, group.Key.Schedule, group.LongCount()))
                .OrderByDescending(group => group.Count)
                .ThenBy(group => group.Calls, StringComparer.Ordinal)
                .ThenBy(group => group.Schedule, StringComparer.Ordinal),
        ];
    }

    private static string CallsOf(HeapGraph graph, NodeIndex timer)
    {
        NodeIndex callback = TracePath.Follow(graph, timer, member => member == "_timerCallback");
        string? method = !callback.IsNone && graph.Facts.TryGet(FactKind.DelegateCode, callback, out ulong code) && graph.Methods.TryGetValue(code, out MethodName? called)
            ? FrameworkTypes.IsFramework(called.Type) ? null : SourceNames.Method(called.Type, called.Name)
            : null;
        NodeIndex state = TracePath.Follow(graph, timer, member => member == "_state");
        return method ?? (state.IsNone ? "a timer of the framework" : TimerMeaning.OwnerOf(graph, state) ?? "a timer of " + TypeWords.Of(graph.TypeOf(state)));
    }
}
