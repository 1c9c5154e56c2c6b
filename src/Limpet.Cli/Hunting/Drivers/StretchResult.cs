using System.Collections.Immutable;

namespace Limpet.Cli.Hunting.Drivers;

/// <summary>What a stretch of operations came to. Everything that was measured is kept, however it ended.</summary>
/// <param name="Done">Operations that succeeded.</param>
/// <param name="Failed">Operations that failed, also those whose deadline passed.</param>
/// <param name="Failures">Why, the first reason first.</param>
/// <param name="Duration">From the first operation to the end of the last, without the pauses.</param>
/// <param name="DeadlinePassed">Whether an operation did not end in time: a hang. The rest of the stretch was not driven.</param>
/// <param name="Interrupted">Whether the stretch was given up from outside.</param>
internal sealed record StretchResult(
    long Done, long Failed, ImmutableArray<FailureCount> Failures, TimeSpan Duration, bool DeadlinePassed, bool Interrupted)
{
    /// <summary>How long it paused between the operations.</summary>
    public TimeSpan Paused { get; init; }
}
