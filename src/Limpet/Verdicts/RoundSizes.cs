namespace Limpet.Verdicts;

/// <summary>How large the next rounds are, and what they will cost.</summary>
internal sealed class RoundSizes(RunHistory history, PlanOptions options, RunCosts costs)
{
    /// <summary>The share of the remaining budget that the plan may fill; the rest is for rounds that a judgement asks for.</summary>
    private const double PlannedShare = 0.85;

    /// <summary>Base rounds drive about as long as a reading takes, so that neither is waited for in vain.</summary>
    private const double DrivePerReading = 0.9;

    /// <summary>Where readings are so slow that the plan does not fit at all, rounds still drive this share of a reading: fewer rounds tell more than as many that did next to nothing.</summary>
    private const double LeastDrivePerReading = 0.1;

    /// <summary>Idle rounds of the plan, at most.</summary>
    private const int IdleRounds = 3;

    /// <summary>Rounds beyond the plan after which their size is raised by half: what is still undecided needs more operations.</summary>
    private const int RaiseEvery = 8;

    private const long SmallestRound = 3;

    private static readonly TimeSpan ShortestDrive = TimeSpan.FromSeconds(0.2);

    private static readonly TimeSpan LongestDrive = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestPauses = TimeSpan.FromSeconds(3);

    private readonly long _operations = history.Mode == DriveMode.Operations ? BaseOperations(history, options, costs) : 0;

    private readonly TimeSpan _stretch = history.Mode == DriveMode.Time ? BaseStretch(history, options, costs) : TimeSpan.Zero;

    public NextRound Round(RoundKind kind, long? first = null)
    {
        if (history.Mode == DriveMode.Time)
        {
            // From reading to reading it is twice as long: what grows with time grows while the target is read, too.
            return new NextRound(kind, 0, kind == RoundKind.Dose ? (2 * _stretch) + costs.PerReading : _stretch);
        }

        long operations = options.Operations ?? first ?? _operations;
        return new NextRound(kind, kind == RoundKind.Dose ? Primes.NearestTo(2 * operations) : operations, TimeSpan.Zero);
    }

    /// <summary>A silent round, <paramref name="times"/> as long as a base round from reading to reading for 2, as its driving for 1.</summary>
    public NextRound Idle(int times)
    {
        TimeSpan drive = history.Rounds.Last(round => round.Kind == RoundKind.Base).Duration;
        return new NextRound(RoundKind.Idle, 0, times == 1 ? drive : (2 * drive) + costs.PerReading);
    }

    /// <summary>A base round with pauses between its operations, together as long as two base rounds from reading to reading.</summary>
    public NextRound Paced()
    {
        NextRound round = Round(RoundKind.Base);
        TimeSpan pauses = 2 * ((round.Operations * costs.PerOperation) + costs.PerReading);
        return round with { Stretch = pauses < LongestPauses ? pauses : LongestPauses };
    }

    public TimeSpan Cost(NextRound round) => (round.Operations * costs.PerOperation) + round.Stretch + costs.PerReading;

    private static long BaseOperations(RunHistory history, PlanOptions options, RunCosts costs)
    {
        double operation = Math.Max(costs.PerOperation.TotalSeconds, 1e-6);
        double reading = costs.PerReading.TotalSeconds;
        double remaining = Math.Max(0, (options.Budget - costs.Elapsed).TotalSeconds);
        Round? last = history.Rounds.Skip(1).LastOrDefault(round => round.Kind == RoundKind.Base);
        if (last is not null)
        {
            long size = last.Operations + last.Failed;
            return Math.Max(Replanned(history, options, size, operation, reading, remaining), Raised(history, options, size, remaining / 6 / operation));
        }

        double drives = options.BaseRounds + (2 * options.DoseRounds) + IdleRounds;
        double readings = options.BaseRounds + options.DoseRounds + IdleRounds;
        double wanted = Math.Clamp(DrivePerReading * reading, ShortestDrive.TotalSeconds, LongestDrive.TotalSeconds) / operation;
        double needed = Math.Ceiling(options.Verdict.MinimumOperations / (options.BaseRounds - 1 + (2.0 * options.DoseRounds)));
        double fits = ((PlannedShare * remaining) - (readings * reading)) / (drives * operation);
        double most = Math.Min(Math.Max(LeastDrivePerReading * reading / operation, fits), options.LargestRound);
        return Primes.AtLeast((long)Math.Max(SmallestRound, Math.Min(Math.Max(wanted, needed), most)));
    }

    /// <summary>
    /// The size with which the rounds of the plan that are left reach the operations that a verdict needs, where what they cost by now
    /// allows it: the first readings may have been slow for a reason that is gone, and made the rounds small.
    /// </summary>
    private static long Replanned(RunHistory history, PlanOptions options, long size, double operation, double reading, double remaining)
    {
        int rounds = Math.Max(0, options.BaseRounds - history.Count(RoundKind.Base)), doses = Math.Max(0, options.DoseRounds - history.Count(RoundKind.Dose));
        double drives = rounds + (2 * doses);
        if (drives < 1)
        {
            return size;
        }

        double judged = history.Rounds.Where(round => round.Kind is RoundKind.Base or RoundKind.Dose).Skip(1).Sum(round => round.Operations);
        double needed = Math.Ceiling((options.Verdict.MinimumOperations - judged) / drives);
        double fits = ((PlannedShare * remaining) - ((rounds + doses + IdleRounds) * reading)) / ((drives + IdleRounds) * operation);
        double most = Math.Min(Math.Max(LeastDrivePerReading * reading / operation, fits), options.LargestRound);
        return needed > size && most > size ? Primes.NearestTo((long)Math.Min(needed, most)) : size;
    }

    private static long Raised(RunHistory history, PlanOptions options, long last, double affordable)
    {
        int extra = history.Count(RoundKind.Base) + history.Count(RoundKind.Dose) - options.BaseRounds - options.DoseRounds;
        double raised = last * 1.5;
        return extra > 0 && extra % RaiseEvery == 0 && raised <= affordable && raised <= options.LargestRound
            ? Primes.NearestTo((long)raised)
            : last;
    }

    private static TimeSpan BaseStretch(RunHistory history, PlanOptions options, RunCosts costs)
    {
        if (options.Stretch is { } asked)
        {
            return asked;
        }

        if (history.Rounds.LastOrDefault(round => round.Kind is RoundKind.Base or RoundKind.Warmup) is { } last)
        {
            return last.Duration;
        }

        double drives = options.Verdict.Warmup + options.BaseRounds + (2 * options.DoseRounds);
        double readings = options.Verdict.Warmup + options.BaseRounds + (2 * options.DoseRounds);
        double seconds = ((PlannedShare * options.Budget.TotalSeconds) - (readings * costs.PerReading.TotalSeconds)) / drives;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0.5, LongestDrive.TotalSeconds));
    }
}
