using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Verdicts;

/// <summary>The rounds of a run so far, in order.</summary>
/// <param name="Rounds">The rounds, warm-up first.</param>
/// <param name="Mode">What the run repeats.</param>
public sealed record RunHistory(ImmutableArray<Round> Rounds, DriveMode Mode)
{
    /// <summary>A run in which nothing has happened yet.</summary>
    public static RunHistory Empty(DriveMode mode) => new([], mode);

    /// <summary>Operations of all rounds, warm-up included.</summary>
    public OperationCount Operations => new(Rounds.Sum(round => round.Operations), Rounds.Sum(round => round.Failed));

    /// <summary>How many rounds of <paramref name="kind"/> there were.</summary>
    public int Count(RoundKind kind) => Rounds.Count(round => round.Kind == kind);

    /// <summary>How many rounds there were before the first that repeats; all where none does.</summary>
    public int Planned => Rounds.TakeWhile(round => round.Kind != RoundKind.Repeat).Count();

    /// <summary>The same run with one more round.</summary>
    public RunHistory With(Round round) => this with { Rounds = Rounds.Add(round) };
}
