using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Verdicts;

/// <summary>
/// Asks of one series whether its growth from some round on, the onset, is that of a leak. The questions are put in the order of
/// <see cref="Obstacle"/>, reversed; the first that fails is the answer.
/// </summary>
internal sealed class GrowthTest(StretchList list, DriveMode mode, MetricNature nature, VerdictOptions options, bool budgetUsedUp)
{
    /// <summary>Onsets that are tried, spread evenly over the rounds where there are more.</summary>
    private const int MostOnsets = 128;

    /// <summary>Points to which a trend is fitted, by all pairs of them, spread evenly where there are more.</summary>
    private const int MostPoints = 128;

    /// <summary>What brings less than this share of what is due brings nothing.</summary>
    private const double QuietShare = 0.1;

    private readonly ImmutableArray<Stretch> _stretches = list.Stretches;

    private int Step => 1 + ((_stretches.Length - 1) / MostOnsets);

    /// <summary>The first onset that passes; where none does, the evidence that came nearest. Null when there are too few rounds to ask.</summary>
    public GrowthEvidence? Best()
    {
        GrowthEvidence? best = null;
        for (int onset = 0; onset < _stretches.Length; onset += Step)
        {
            if (Driven(_stretches.AsSpan()[onset..]) < options.WindowRounds)
            {
                break;
            }

            GrowthEvidence evidence = From(onset);
            if (best is null || evidence.Obstacle < best.Obstacle)
            {
                best = evidence;
            }

            if (best.Obstacle == Obstacle.None)
            {
                return WithoutQuiet(onset, best);
            }

            // The fewer rounds from a later onset would not tell that any more.
            if (evidence is { Obstacle: Obstacle.InUse, InUse: { IsCause: true } })
            {
                break;
            }
        }

        return best;
    }

    /// <summary>
    /// What passes may begin with rounds that brought nothing, up to a quarter of all, and its rate would be that much less than what an operation leaves: they are left out where
    /// what follows them passes too and grows in each round (growth in bursts begins with a pause, which belongs to it), and where more was due in them than chance withholds.
    /// </summary>
    private GrowthEvidence WithoutQuiet(int onset, GrowthEvidence passed)
    {
        double rate = passed.Net / (passed.ByTime ? passed.Seconds : passed.Operations);
        double chance = nature == MetricNature.Count ? options.ExpectedPerRound : 2 * passed.Noise;
        double work = 0, growth = 0;
        GrowthEvidence latest = passed;
        for (int next = onset + 1; next < _stretches.Length; next++)
        {
            work += _stretches[next - 1].Work(passed.ByTime);
            growth += _stretches[next - 1].Growth;
            if (growth > QuietShare * rate * work)
            {
                break;
            }

            if ((next - onset) % Step == 0 && rate * work > chance && From(next) is { Obstacle: Obstacle.None } later && later.ByTime == passed.ByTime && later.Grew == later.Driven)
            {
                latest = later;
            }
        }

        return latest;
    }

    private static int Driven(ReadOnlySpan<Stretch> stretches)
    {
        int driven = 0;
        foreach (Stretch stretch in stretches)
        {
            driven += stretch.Driven;
        }

        return driven;
    }

    private GrowthEvidence From(int onset)
    {
        ReadOnlySpan<Stretch> stretches = _stretches.AsSpan()[onset..];
        double net = 0, operations = 0, seconds = 0;
        int grew = 0;
        foreach (Stretch stretch in stretches)
        {
            net += stretch.Growth;
            operations += stretch.Operations;
            seconds += stretch.Seconds;
            grew += !stretch.Idle && stretch.Growth > 0 ? stretch.Driven : 0;
        }

        bool byTime = mode == DriveMode.Time || Explanation.IsTime(stretches);
        double work = byTime ? seconds : operations;
        double noise = Noise.Floor(_stretches.AsSpan(), mode, nature, byTime, work > 0 ? net / work : 0);
        double smallest = nature == MetricNature.Count
            ? Math.Max(options.SmallestCount, 4 * noise)
            : Math.Max(Math.Max(options.NoiseFloorBytes, 2 * noise), options.BytesPerOperation * operations);
        var evidence = new GrowthEvidence
        {
            Obstacle = Obstacle.Small,
            ByTime = byTime,
            Net = net,
            Operations = operations,
            Seconds = seconds,
            Driven = Driven(stretches),
            Grew = grew,
            Noise = noise,
            Smallest = smallest,
        };
        if (work <= 0 || net < smallest || !IntervalIsAbove(stretches, byTime, smallest / work))
        {
            return evidence;
        }

        // Entries that expire are given back a little in each silence, and never much at once.
        bool expires = Explanation.FallsWhileIdle(stretches) > Math.Max(options.Drawdown / 2 * net, 1.5 * noise);
        if (expires || Levels.Drawdown(stretches) > Math.Max(options.Drawdown * net, noise))
        {
            return evidence with { Obstacle = Obstacle.FallsBack };
        }

        if (Windows.Weakest(stretches, byTime, net / work, smallest / options.WindowRounds, options) is not { } weakest)
        {
            return evidence with { Obstacle = Obstacle.Uneven };
        }

        evidence = evidence with { Weakest = weakest };
        double givenBack = nature == MetricNature.Count
            ? Levels.Drawdown([.. list.Before, .. _stretches[..onset]])
            : Levels.Drawdown(_stretches.AsSpan()[..onset]);
        if (givenBack > noise && net < 2 * givenBack)
        {
            return evidence with { Obstacle = Obstacle.GivenBack };
        }

        (double earlier, double later) = Fading.Halves(stretches, byTime);
        evidence = evidence with { EarlierRate = earlier, LaterRate = later };
        double chance = nature == MetricNature.Count ? (1.5 * Math.Sqrt(net)) + noise : 2 * noise;
        bool fades = later < options.FadingShare * earlier && (earlier - later) * work / 2 > chance;
        if (fades
            || Fading.Stops(stretches, byTime, net / work, options.FadingShare, nature, noise)
            || Fading.FasterBefore(_stretches.AsSpan()[..onset], byTime, net, net / work, options.FadingShare))
        {
            return evidence with { Obstacle = Obstacle.Fading, Dose = DoseTest.OfRounds(stretches, byTime, out _) };
        }

        return Confirm(stretches, evidence);
    }

    private GrowthEvidence Confirm(ReadOnlySpan<Stretch> stretches, GrowthEvidence evidence)
    {
        RoundKind? wanted = null;
        DoseResult? dose = evidence.ByTime && mode == DriveMode.Operations
            ? DoseTest.OfTime(stretches)
            : DoseTest.OfRounds(stretches, evidence.ByTime, out wanted);
        evidence = evidence with { Dose = dose };
        if (!options.RequireDose)
        {
            return evidence with { Obstacle = Persists(evidence) ? Obstacle.None : Obstacle.Short };
        }

        if (dose is null)
        {
            return evidence with { Obstacle = Obstacle.NoDose, Wanted = evidence.ByTime && mode == DriveMode.Operations ? RoundKind.Idle : wanted };
        }

        if (!dose.Confirmed)
        {
            return evidence with { Obstacle = Obstacle.DoseOff, Wanted = Explanation.HasIdle(stretches) || mode == DriveMode.Time ? null : RoundKind.Idle };
        }

        if (evidence.ByTime && mode == DriveMode.Operations && !Explanation.IdleIsEnough(stretches, evidence, options))
        {
            return evidence with { Obstacle = Obstacle.NoIdle, Wanted = RoundKind.Idle };
        }

        bool mayFollowTime = nature == MetricNature.Count && mode == DriveMode.Operations && !evidence.ByTime && evidence.Seconds < options.LongestWindow.TotalSeconds;
        evidence = evidence with { InUse = mayFollowTime ? TimeInUse.Of(stretches) : null };
        if (evidence.InUse is { IsCause: true })
        {
            return evidence with { Obstacle = Obstacle.InUse };
        }

        evidence = evidence with { Still = StoodStill(stretches, evidence), Jump = LargestJump(stretches, evidence) };
        Obstacle obstacle = (Persists(evidence), evidence.Still == 0 && IsSteady(evidence)) switch
        {
            (true, true) => Obstacle.None,
            // What bytes do in one round is no leak's doing, however long it is looked at.
            (true, false) => budgetUsedUp && nature == MetricNature.Count ? Obstacle.None : Obstacle.Unsteady,
            // A cache that fills is seldom as steady as a leak.
            (false, true) => budgetUsedUp ? Obstacle.None : Obstacle.Short,
            (false, false) => Obstacle.Short,
        };
        bool isGuess = obstacle == Obstacle.None && evidence.InUse is { IsCause: null } guess && (guess.IsLikelyCause || !budgetUsedUp);
        return evidence with { Obstacle = isGuess ? Obstacle.InUse : obstacle };
    }

    /// <summary>Whether a count keeps pace with the work as closely as what each operation leaves behind does. Bytes never do: of them no round may bring most.</summary>
    private bool IsSteady(GrowthEvidence evidence)
    {
        double rate = evidence.Net / (evidence.ByTime ? evidence.Seconds : evidence.Operations);
        return nature == MetricNature.Bytes
            ? evidence.Jump <= options.LargestJump * evidence.Net
            : evidence.Weakest >= options.SteadyShare * rate
                && Math.Abs(evidence.Dose!.Measured - evidence.Dose.Expected) <= options.SteadyDose * evidence.Dose.Expected;
    }

    /// <summary>What one stretch brought beyond its share of the growth, where that was most.</summary>
    private static double LargestJump(ReadOnlySpan<Stretch> stretches, GrowthEvidence evidence)
    {
        double rate = evidence.Net / (evidence.ByTime ? evidence.Seconds : evidence.Operations);
        double jump = 0;
        foreach (Stretch stretch in stretches)
        {
            jump = Math.Max(jump, stretch.Growth - (rate * stretch.Work(evidence.ByTime)));
        }

        return jump;
    }

    /// <summary>Driven stretches in which growth was due and there was none.</summary>
    private int StoodStill(ReadOnlySpan<Stretch> stretches, GrowthEvidence evidence)
    {
        double rate = evidence.Net / (evidence.ByTime ? evidence.Seconds : evidence.Operations);
        int still = 0;
        foreach (Stretch stretch in stretches)
        {
            still += !stretch.Idle && stretch.Growth <= 0 && rate * stretch.Work(evidence.ByTime) >= options.ExpectedPerRound ? stretch.Driven : 0;
        }

        return nature == MetricNature.Count ? still : 0;
    }

    /// <summary>At the end of a budget one of the two is enough: slow operations never get to their number, and fast ones get to it soon.</summary>
    private bool Persists(GrowthEvidence evidence)
    {
        bool rounds = evidence.Driven >= options.MinimumRounds;
        bool operations = mode == DriveMode.Time ? rounds : evidence.Operations >= options.MinimumOperations;
        bool duration = evidence.Seconds >= options.MinimumDuration.TotalSeconds;
        return budgetUsedUp ? operations || duration : rounds && operations && duration;
    }

    // Counts are exact; bytes must rise by their interval too, not only by their ends.
    private bool IntervalIsAbove(ReadOnlySpan<Stretch> stretches, bool byTime, double smallestRate)
    {
        if (nature == MetricNature.Count)
        {
            return true;
        }

        int step = 1 + (stretches.Length / MostPoints);
        List<double> x = [0], y = [0];
        double work = 0, growth = 0;
        for (int i = 0; i < stretches.Length; i++)
        {
            work += stretches[i].Work(byTime);
            growth += stretches[i].Growth;
            if ((i + 1) % step == 0)
            {
                x.Add(work);
                y.Add(growth);
            }
        }

        return TheilSen.Fit([.. x], [.. y]).Low > smallestRate;
    }
}
