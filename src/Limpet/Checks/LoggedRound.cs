using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>A round as the log keeps it, without an object of its own.</summary>
internal readonly record struct LoggedRound(RoundKind Kind, long Operations, long Failed, TimeSpan At, TimeSpan Duration, CheckReading Reading)
{
    /// <summary>The round as it is judged.</summary>
    public Round Round => new(Kind, Operations, Failed, At, Duration);
}
