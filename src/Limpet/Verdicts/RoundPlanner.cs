namespace Limpet.Verdicts;

/// <summary>
/// Plans the rounds of a run. A pure function of what has happened: warm-up, base rounds with a few idle ones between them, dose rounds,
/// and then more of what the undecided judgements want while the budget lasts.
/// </summary>
public static class RoundPlanner
{
    /// <summary>The first operations of a program are slow, and nobody knows yet how slow.</summary>
    private const long FirstOperations = 3;

    /// <summary>Rounds after the plan that are spent on other metrics once one is known to leak.</summary>
    private const int RoundsAfterLeak = 4;

    /// <summary>Idle rounds, those of the plan included, up to which a metric that may follow time gets more.</summary>
    private const int MostIdleRounds = 9;

    /// <summary>What comes next.</summary>
    /// <param name="history">The rounds so far.</param>
    /// <param name="judgements">Judgements of every metric that could be a finding, over these rounds; may be empty until the plan is done.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="costs">What it has cost so far.</param>
    public static PlannerStep Next(RunHistory history, IReadOnlyCollection<Judgement> judgements, PlanOptions options, RunCosts costs)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(judgements);
        ArgumentNullException.ThrowIfNull(options);

        var sizes = new RoundSizes(history, options, costs);
        TimeSpan remaining = options.Budget - costs.Elapsed;
        int baseRounds = history.Count(RoundKind.Base);
        int doseRounds = history.Count(RoundKind.Dose);

        if (history.Count(RoundKind.Warmup) < options.Verdict.Warmup)
        {
            return Within(First(RoundKind.Warmup, history, sizes), sizes, options, remaining);
        }

        if (baseRounds < options.BaseRounds && !DoseIsDue(baseRounds, sizes, options, remaining))
        {
            return Within(IdleIsDue(history, baseRounds) ? sizes.Idle(1) : First(RoundKind.Base, history, sizes), sizes, options, remaining);
        }

        if (doseRounds < options.DoseRounds)
        {
            return Within(sizes.Round(RoundKind.Dose), sizes, options, remaining);
        }

        return More(history, judgements, options, sizes, remaining);
    }

    private static NextRound First(RoundKind kind, RunHistory history, RoundSizes sizes) => sizes.Round(kind, first: history.Rounds.IsEmpty ? FirstOperations : null);

    private static PlannerStep More(
        RunHistory history, IReadOnlyCollection<Judgement> judgements, PlanOptions options, RoundSizes sizes, TimeSpan remaining)
    {
        if (options.Rounds is { } asked)
        {
            // As when the budget is used up: no more will be seen, and what was is all there is to judge by.
            return new StopRun($"The {asked} rounds that were asked for are done.", BudgetUsedUp: true);
        }

        int extra = history.Count(RoundKind.Base) + history.Count(RoundKind.Dose) - options.BaseRounds - options.DoseRounds;
        if (!judgements.Any(judgement => judgement.NeedsMoreRounds))
        {
            return new StopRun("Every metric is decided.", BudgetUsedUp: false);
        }

        if (options.StopsAtLeak && extra >= RoundsAfterLeak && judgements.Any(judgement => judgement.Grows))
        {
            return new StopRun("A leak is proven; other metrics remain undecided.", BudgetUsedUp: false);
        }

        RoundKind? wanted = judgements.Where(judgement => judgement.NeedsMoreRounds).Max(judgement => judgement.Wanted);
        bool wantsSilence = judgements.Any(judgement => judgement is { NeedsMoreRounds: true, WantsSilence: true });
        NextRound next = wanted switch
        {
            RoundKind.Idle when history.Count(RoundKind.Idle) < MostIdleRounds => sizes.Idle(2),
            RoundKind.Base or RoundKind.Dose => sizes.Round(wanted.Value),

            // Where the driver cannot pause, silence before a round tells the same, if less.
            _ when wantsSilence && !options.Pauses && history.Rounds[^1].Kind != RoundKind.Idle && history.Count(RoundKind.Idle) < MostIdleRounds => sizes.Idle(1),

            // Two and two: growth that speeds up or slows down must not look like an effect of the dose.
            _ when Math.Max(0, extra) % 4 >= 2 => sizes.Round(RoundKind.Dose),
            _ when wantsSilence && options.Pauses => sizes.Paced(),
            _ => sizes.Round(RoundKind.Base),
        };
        return Within(next, sizes, options, remaining);
    }

    // The dose needs its share of the budget: without it no growth is proven.
    private static bool DoseIsDue(int baseRounds, RoundSizes sizes, PlanOptions options, TimeSpan remaining) =>
        baseRounds >= Math.Min(options.BaseRounds, options.Verdict.WindowRounds)
        && remaining < sizes.Cost(sizes.Round(RoundKind.Base)) + (options.DoseRounds * sizes.Cost(sizes.Round(RoundKind.Dose)));

    // Spread over the base rounds, and not before the second: what the warm-up left over is not noise.
    private static bool IdleIsDue(RunHistory history, int baseRounds)
    {
        if (history.Mode == DriveMode.Time || baseRounds < 2)
        {
            return false;
        }

        double seconds = history.Rounds.Last(round => round.Kind == RoundKind.Base).Duration.TotalSeconds;
        int wanted = seconds > 2 ? 1 : seconds > 1 ? 2 : 3;
        int done = history.Count(RoundKind.Idle);
        return done < wanted && baseRounds >= 2 * (done + 1);
    }

    private static PlannerStep Within(NextRound round, RoundSizes sizes, PlanOptions options, TimeSpan remaining) =>
        remaining <= TimeSpan.Zero || sizes.Cost(round) > remaining ? OutOfBudget(options) : round;

    private static StopRun OutOfBudget(PlanOptions options) =>
        new(FormattableString.Invariant($"The budget of {options.Budget.TotalSeconds:0.#} s is used up."), BudgetUsedUp: true);
}
