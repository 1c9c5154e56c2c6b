using Limpet.Results;

namespace Limpet.Reporting.Sarif;

/// <summary>What the rules are about, in one sentence each.</summary>
internal static class RuleWords
{
    public static string Of(string rule) => Enum.TryParse(rule, out FindingKind kind) ? Of(kind) : "A limit that the user stated was passed.";

    private static string Of(FindingKind kind) => kind switch
    {
        FindingKind.ManagedLeak => "Objects stay reachable, and become more with each operation.",
        FindingKind.UnboundedGrowth => "A container or type grows with each operation.",
        FindingKind.ResourceLeak => "Descriptors, sockets, files or processes stay open.",
        FindingKind.ThreadLeak => "Threads stay.",
        FindingKind.TimerLeak => "Timers stay active.",
        FindingKind.TaskLeak => "Async operations stay pending.",
        FindingKind.NativeLeak => "Memory outside of the managed heap grows.",
        FindingKind.DelayedCollection => "Objects that nothing holds wait for a collection.",
        FindingKind.DelayedResource => "Resources are held until a finalizer runs.",
        FindingKind.BoundedRetention => "What stays has grown, and then stopped.",
        FindingKind.Hang => "A deadline passed.",
        _ => throw new InvalidOperationException($"Bug in Limpet: {kind} has no words."),
    };
}
