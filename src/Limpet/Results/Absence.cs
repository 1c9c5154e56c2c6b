using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>What a run says of everything but its leaks: that of a run that was cut short, or of a metric that is undecided, no leak takes away.</summary>
/// <param name="Verdict"><see cref="Verdict.Clean"/>, <see cref="Verdict.Inconclusive"/> or <see cref="Verdict.NotRun"/>; <see cref="Verdict.Leak"/> beside a hang, where something grows of which there is no finding.</param>
/// <param name="Reason">Why, in one sentence made of the run's numbers.</param>
public sealed record Absence(Verdict Verdict, string Reason)
{
    /// <summary>The readings that are why nothing is decided; empty for every other reason.</summary>
    public ImmutableArray<UndecidedSeries> Undecided { get; init; } = [];
}
