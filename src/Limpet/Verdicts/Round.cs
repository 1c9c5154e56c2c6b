namespace Limpet.Verdicts;

/// <summary>One round of a run: what was done before its settled reading.</summary>
/// <param name="Kind">What the round was for.</param>
/// <param name="Operations">Operations that succeeded; 0 in an idle round and when nothing is driven.</param>
/// <param name="Failed">Operations that failed.</param>
/// <param name="At">When its settled reading was taken, from the start of the run.</param>
/// <param name="Duration">How long it drove, or stayed silent, before the reading.</param>
public sealed record Round(RoundKind Kind, long Operations, long Failed, TimeSpan At, TimeSpan Duration)
{
    /// <summary>How long it paused between its operations; not in <see cref="Duration"/>.</summary>
    public TimeSpan Paused { get; init; }
}
