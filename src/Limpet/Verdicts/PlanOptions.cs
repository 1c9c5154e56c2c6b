namespace Limpet.Verdicts;

/// <summary>What a user may say about the course of a run.</summary>
public sealed record PlanOptions
{
    /// <summary>How much evidence is needed. Who asks for a number of rounds has said how long the run is to be: then <see cref="VerdictOptions.MinimumDuration"/> and <see cref="VerdictOptions.LongestWindow"/> are zero.</summary>
    /// <value>Default <see cref="VerdictOptions.Default"/>; <see cref="VerdictOptions.Quick"/> for <c>--quick</c>.</value>
    public VerdictOptions Verdict
    {
        get => Rounds is null ? field : field with { MinimumDuration = TimeSpan.Zero, LongestWindow = TimeSpan.Zero };
        init;
    } = VerdictOptions.Default;

    /// <summary>The time that the whole run may take, from its start.</summary>
    /// <value>Default 45 s, more than zero.</value>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Base rounds to run; then dose rounds follow, half as many, and no more.</summary>
    /// <value>Default null: <see cref="VerdictOptions.MinimumRounds"/>, and more where they help.</value>
    public int? Rounds { get; init; }

    /// <summary>Operations of a base round, taken as they are; dose rounds take a prime near twice as many.</summary>
    /// <value>Default null: a prime that follows from the time an operation takes.</value>
    public long? Operations { get; init; }

    /// <summary>Length of a base round when nothing is driven; dose rounds take twice as long.</summary>
    /// <value>Default null: 0.5 to 2 s, so that the run fits the budget.</value>
    public TimeSpan? Stretch { get; init; }

    /// <summary>The largest number of operations of a base round.</summary>
    /// <value>Default 1,009, at least 3.</value>
    public long LargestRound { get; init; } = 1009;

    /// <summary>Whether a proven leak is enough, and what else is undecided then stays so.</summary>
    /// <value>Default true; false where leaks are known and do not count.</value>
    public bool StopsAtLeak { get; init; } = true;

    /// <summary>Whether the driver can pause between operations.</summary>
    /// <value>Default false.</value>
    public bool Pauses { get; init; }

    /// <summary>Base rounds of the plan.</summary>
    public int BaseRounds => Math.Max(1, Rounds ?? Verdict.MinimumRounds);

    /// <summary>Dose rounds of the plan: half the base rounds, at least two.</summary>
    public int DoseRounds => Math.Max(2, (BaseRounds + 1) / 2);
}
