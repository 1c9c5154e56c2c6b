namespace Limpet.Verdicts;

/// <summary>One more round.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Operations">Operations to drive; 0 when it is a stretch of time.</param>
/// <param name="Stretch">How long to be silent: throughout when nothing is driven, else in pauses between the operations, all together.</param>
public sealed record NextRound(RoundKind Kind, long Operations, TimeSpan Stretch) : PlannerStep;
