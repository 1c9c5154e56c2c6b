using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Verdicts;

/// <summary>What a whole run says.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why, in one sentence made of the run's numbers.</param>
public sealed record RunVerdict(Verdict Verdict, string Reason)
{
    /// <summary>The readings that are why nothing is decided; empty for every other reason.</summary>
    public ImmutableArray<UndecidedSeries> Undecided { get; init; } = [];

    /// <summary>What the run says of everything but its findings; null where the verdict is not theirs.</summary>
    public Absence? Otherwise { get; init; }
}
