using Limpet.Results;

namespace Limpet.Verdicts;

/// <summary>
/// Decides what one metric's settled readings show. A pure function: the same readings give the same judgement.
/// <para>
/// Growth is called a leak when, from some round on (a leak may start late), it is larger than what was measured as noise, falls back by no
/// more than a tenth, is there in the weakest of at least four windows, is larger than what was given back before, does not slow
/// down, grows twice as much when there is twice as much to do, is not brought by one round for the most part (bytes), does not follow the time in use instead (counts), and has gone on for long enough or until the budget was used up. Whether operations or time
/// are the cause is decided by a regression on each; idle rounds, in which only time passes, tell them apart. What fails one
/// of these is flat, a step, a saw-tooth or a plateau, or it is undecided and more rounds may tell. Growth that was asked for once more
/// (<see cref="RoundKind.Repeat"/>) must also follow rounds of other sizes, or it is undecided: somebody else in the program may have kept step by chance.
/// </para>
/// <para>
/// It cannot see a cap that lies above the operations driven, nor an expiry later than the end of the run:
/// <see cref="Judgement.SeenUpToOperations"/> states how far it has seen.
/// </para>
/// </summary>
public static class GrowthJudge
{
    /// <summary>Judges <paramref name="series"/>. O(rounds) onsets of O(rounds) each; beyond 128 rounds only so many onsets are tried, and for bytes a trend is fitted to so many points, which takes O(points²).</summary>
    /// <param name="history">The rounds so far.</param>
    /// <param name="series">One reading a round.</param>
    /// <param name="options">How much evidence is needed.</param>
    /// <param name="budgetUsedUp">Whether no more rounds are to come: then what there is must do.</param>
    /// <exception cref="ArgumentException">The series has not one reading a round.</exception>
    public static Judgement Judge(RunHistory history, Series series, VerdictOptions options, bool budgetUsedUp)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);

        int planned = history.Planned;
        if (planned < history.Rounds.Length && series.Values.Length == history.Rounds.Length)
        {
            Judgement before = Judge(
                history with { Rounds = history.Rounds[..planned] }, series with { Values = series.Values[..planned] }, options, budgetUsedUp);
            return before.Shape == GrowthShape.Growing ? RepeatTest.Of(before, history, series) : before;
        }

        StretchList list = StretchList.From(history, series, options);
        Judgement numbers = Numbers(list, history, series);
        if (list.Refused * 2 > list.Readings)
        {
            return numbers with
            {
                Shape = GrowthShape.Undecided,
                NeedsMoreRounds = !budgetUsedUp,
                Reason = Sentence.Of($"{list.Refused} of {list.Readings} readings were refused"),
            };
        }

        GrowthEvidence? evidence = new GrowthTest(list, history.Mode, series.Nature, options, budgetUsedUp).Best();
        if (evidence is null)
        {
            return numbers with
            {
                Shape = GrowthShape.Undecided,
                NeedsMoreRounds = !budgetUsedUp,
                Reason = Sentence.Of($"too few rounds: {list.Driven} measured, {options.WindowRounds} needed"),
            };
        }

        numbers = numbers with { NoiseFloor = evidence.Noise };
        if (history.Mode == DriveMode.Operations && numbers.TotalGrowth > 0 && Explanation.IsReadings(list.Stretches.AsSpan()))
        {
            return numbers with { Shape = GrowthShape.Flat, Reason = Sentence.OfReadings(numbers.TotalGrowth, list.Stretches.Length) };
        }

        OtherShape other = new(list, history.Mode, series.Nature, options, budgetUsedUp);
        if (evidence.Obstacle != Obstacle.None && other.OfRuntime(numbers) is { } step)
        {
            return step;
        }

        if (evidence.Obstacle > Obstacle.DoseOff)
        {
            return other.Of(numbers, evidence);
        }

        Judgement growth = Grown(numbers, evidence);
        return evidence.Obstacle == Obstacle.None
            ? growth with
            {
                Shape = evidence.ByTime ? GrowthShape.GrowingWithTime : GrowthShape.Growing,
                Reason = Sentence.OfGrowth(growth, evidence, history.Mode),
            }
            : growth with
            {
                Shape = GrowthShape.Undecided,
                NeedsMoreRounds = !budgetUsedUp,
                Wanted = evidence.Wanted,
                WantsSilence = evidence.InUse is { IsCause: null } && !budgetUsedUp,
                Reason = Sentence.OfObstacle(evidence, history.Mode, series.Nature, options),
            };
    }

    private static Judgement Numbers(StretchList list, RunHistory history, Series series)
    {
        double net = list.Stretches.Sum(stretch => stretch.Growth);
        double operations = list.Stretches.Sum(stretch => stretch.Operations);
        double seconds = list.Stretches.Sum(stretch => stretch.Seconds);
        return new Judgement
        {
            Metric = series.Metric,
            Shape = GrowthShape.Undecided,
            Reason = "",
            Readings = series.Values,
            TotalGrowth = net,
            PerOperation = operations > 0 ? net / operations : 0,
            PerSecond = seconds > 0 ? net / seconds : 0,
            RoundsJudged = list.Driven,
            GrowingRounds = list.Stretches.Sum(stretch => stretch.Growth > 0 ? stretch.Driven : 0),
            SeenUpToOperations = list.SeenUpToOperations,
        };
    }

    private static Judgement Grown(Judgement numbers, GrowthEvidence evidence) => numbers with
    {
        TotalGrowth = evidence.Net,
        PerOperation = evidence.Operations > 0 ? evidence.Net / evidence.Operations : 0,
        PerSecond = evidence.Seconds > 0 ? evidence.Net / evidence.Seconds : 0,
        WeakestPerOperation = evidence.Weakest,
        Dose = evidence.Dose,
        RoundsJudged = evidence.Driven,
        GrowingRounds = evidence.Grew,
    };
}
