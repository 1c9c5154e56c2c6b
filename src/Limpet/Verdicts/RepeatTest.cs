namespace Limpet.Verdicts;

/// <summary>
/// Asks of growth that is about to be called a leak whether it follows the operations when their number changes in a way that nobody else can know: a few large rounds
/// among small and silent ones. Clean-up timers of an earlier test may keep step with a check for a while, for that test ran the same rounds; they go on in silence, they have
/// their say in small rounds as in large, or they have ended.
/// </summary>
internal static class RepeatTest
{
    /// <summary>The share of the growth due that must be there. Half is far from what an operation leaves that leaks, and from what another's work does by chance.</summary>
    private const double Share = 0.5;

    /// <summary>By how much of what is due noise may lower that share: below it nothing is shown.</summary>
    private const double MostNoise = 0.25;

    /// <summary>What <paramref name="grown"/> is in the light of the rounds that repeat.</summary>
    public static Judgement Of(Judgement grown, RunHistory history, Series series)
    {
        double rate = grown.PerOperation;
        double noise = series.Nature == MetricNature.Bytes ? grown.NoiseFloor : 0;
        Tally large = default, small = default, silent = default;
        int weak = 0;
        List<Stretch> stretches = Stretches(history, series.Values);
        double most = stretches.Count == 0 ? 0 : stretches.Max(stretch => stretch.Operations);
        foreach (Stretch stretch in stretches)
        {
            if (stretch.Operations == 0)
            {
                silent.Add(stretch);
            }
            else if (stretch.Operations < most / 2)
            {
                small.Add(stretch);
            }
            else
            {
                large.Add(stretch);
                weak += stretch.Growth < Least(rate * stretch.Operations, noise) ? 1 : 0;
            }
        }

        if (large.Readings == 0)
        {
            return grown with { Shape = GrowthShape.Undecided, Reason = Sentence.OfNoRepeat(grown) };
        }

        // What others add may come with time or with rounds; the larger of the two is theirs.
        double withTime = silent.Seconds > 0 ? Math.Max(0, silent.Growth - noise) / silent.Seconds * large.Seconds : 0;
        double withRounds = small.Readings > 0 ? Math.Max(0, small.Growth - (rate * small.Operations) - noise) / small.Readings * large.Readings : 0;
        double own = large.Growth - Math.Max(withTime, withRounds);
        double due = rate * large.Operations;

        // One large round may be weak: what an operation leaves in bursts may come before and after it.
        return own >= Least(due, noise) && weak <= 1
            ? grown with { Reason = grown.Reason.TrimEnd('.') + Sentence.OfRepeat(own / large.Operations, large.Operations) }
            : grown with
            {
                Shape = GrowthShape.Undecided,
                Reason = Sentence.OfEcho(grown, large.Growth, due, large.Operations, small.Growth, silent.Growth),
            };
    }

    private static double Least(double due, double noise) => (Share * due) - Math.Min(noise, MostNoise * due);

    private static List<Stretch> Stretches(RunHistory history, IReadOnlyList<double> values)
    {
        List<Stretch> stretches = [];
        int last = history.Planned - 1;
        while (last > 0 && !double.IsFinite(values[last]))
        {
            last--;
        }

        double operations = 0;
        for (int round = last + 1; round < values.Count; round++)
        {
            operations += history.Rounds[round].Operations;
            if (double.IsFinite(values[round]))
            {
                double seconds = (history.Rounds[round].At - history.Rounds[last].At).TotalSeconds;
                stretches.Add(new Stretch(RoundKind.Repeat, operations > 0 ? 1 : 0, operations, seconds, Paused: 0, Growth: values[round] - values[last]));
                (last, operations) = (round, 0);
            }
        }

        // What the judgement itself has left is in the first.
        return stretches.Count > 1 ? stretches[1..] : stretches;
    }

    private record struct Tally(int Readings, double Operations, double Seconds, double Growth)
    {
        public void Add(Stretch stretch)
        {
            Readings++;
            Operations += stretch.Operations;
            Seconds += stretch.Seconds;
            Growth += stretch.Growth;
        }
    }
}
