using System.Globalization;

namespace Limpet.Heap.Holders.Kinds;

/// <summary>Timers of all kinds: what one calls, how often, and what it hands over.</summary>
internal sealed class TimerMeaning : MemberTable
{
    private const string Queued = "System.Threading.TimerQueueTimer";

    public TimerMeaning()
        : base("System.")
    {
        Inside("Threading.TimerQueue", "[x]|_shortTimers|_longTimers", "timer");
        Inside("Threading.Timer", "_timer", "timer");
        Inside("Threading.TimerHolder", "_timer", "timer");
        Inside("Threading.TimerQueueTimer", "_next|_prev", "next timer");
        Inside("Threading.TimerQueueTimer", "_associatedTimerQueue", "queue of timers");
        Inside("Threading.PeriodicTimer", "_timer|_state", "timer");
        Holds("Threading.PeriodicTimer.State", "_owner", "PeriodicTimer");
        Holds("Timers.Timer", "_timer", "timer");
        Holds("Timers.Timer", "_callback", "callback of its timer");
    }

    /// <inheritdoc />
    public override HolderStep? Read(TracePath path, int position)
    {
        if (path.DefinitionAt(position) != Queued)
        {
            return base.Read(path, position);
        }

        string when = Schedule(path.Graph, path.Nodes[position]) is { } schedule ? ", " + schedule : "";
        return path.LabelAt(position).Member switch
        {
            "_timerCallback" when IsCallbackOfTimersTimer(path, position) => HolderStep.InsideAs("System.Timers.Timer" + when),
            "_timerCallback" => HolderStep.To("timer callback" + when),
            "_state" when path.TypeAt(position + 1).Name == "System.Threading.PeriodicTimer+State" => HolderStep.InsideAs("PeriodicTimer" + when + ", who waits for its next tick"),
            "_state" => HolderStep.To(StateOf(path, position) + when),
            "_executionContext" => HolderStep.To("execution context that a timer captured"),
            _ => base.Read(path, position),
        };
    }

    /// <summary>Such as <c>every 5 s</c>; null where the capture did not read it.</summary>
    internal static string? Schedule(HeapGraph graph, NodeIndex timer)
    {
        string? every = graph.Facts.TryGet(FactKind.TimerPeriod, timer, out ulong period) && period is > 0 and < uint.MaxValue ? $"every {Span(period)}" : null;
        return every is null && graph.Facts.TryGet(FactKind.TimerDue, timer, out ulong due)
            ? due == uint.MaxValue ? "never due" : $"once after {Span(due)}"
            : every;
    }

    /// <summary>What of the framework a timer's state belongs to, such as <c>Task.Delay</c>; null for everything else.</summary>
    internal static string? OwnerOf(HeapGraph graph, NodeIndex state)
    {
        TypeFamily family = TypeFamily.Of(graph.TypeOf(state));
        return family.Definitions.Contains("System.Threading.CancellationTokenSource") ? "CancelAfter"
            : family.Definitions.Contains("System.Threading.Tasks.Task") ? TypeWords.Known(graph.TypeOf(state)) ?? "a task"
            : graph.TypeOf(state).Name == "System.Threading.PeriodicTimer+State" ? "PeriodicTimer"
            : null;
    }

    private static string Span(ulong milliseconds) => TimeSpan.FromMilliseconds(milliseconds) switch
    {
        { TotalSeconds: < 1 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 2 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
        { TotalHours: < 2 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} min"),
        var span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h"),
    };

    private static string StateOf(TracePath path, int position)
    {
        if (OwnerOf(path.Graph, path.Nodes[position + 1]) is { } owner)
        {
            return "timer of " + owner;
        }

        NodeIndex callback = path.Follow(path.Nodes[position], "_timerCallback");
        return callback.IsNone || path.CalledBy(callback) is not { } method || FrameworkTypes.IsFramework(method.Type)
            ? "state of a timer"
            : $"state of a timer that calls {SourceNames.Method(method.Type, method.Name)}";
    }

    private static bool IsCallbackOfTimersTimer(TracePath path, int position) =>
        position + 2 < path.Nodes.Length && path.LabelAt(position + 1).Member == "_target" && path.TypeAt(position + 2).Name == "System.Timers.Timer";
}
