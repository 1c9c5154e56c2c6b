using System.Collections.Immutable;

namespace Limpet.Verdicts;

/// <summary>Names a line that is not that of a leak, and says whether more rounds could make it one.</summary>
internal sealed class OtherShape(StretchList list, DriveMode mode, MetricNature nature, VerdictOptions options, bool budgetUsedUp)
{
    /// <summary>A round belongs to the growth of a plateau when it made this share of it.</summary>
    private const double GrowingShare = 0.05;

    /// <summary>One stretch that made this share of all growth is a step.</summary>
    private const double StepShare = 0.9;

    /// <summary>Growth below half of one on every tenth operation is not a curve of the operations, but a few one-offs.</summary>
    private const double SlowestRate = 0.05;

    /// <summary>One round in so many is few.</summary>
    private const int FewSteps = 3;

    /// <summary>What falls by this share of all that it moved in is a saw-tooth.</summary>
    private const double ToothShare = 0.5;

    /// <summary>Rounds at the end that must not all bring their share.</summary>
    private const int LastRounds = 2;

    /// <summary>Rounds that must be measured to call growth bounded.</summary>
    private const int BoundedRounds = 3;

    private readonly ImmutableArray<Stretch> _stretches = list.Stretches;

    public Judgement Of(Judgement numbers, GrowthEvidence evidence)
    {
        Judgement shape = Name(numbers, evidence);
        double operations = _stretches.Sum(stretch => stretch.Operations);
        bool enough = list.Driven >= options.MinimumRounds && (mode == DriveMode.Time || operations >= options.MinimumOperations);
        if (!enough && !budgetUsedUp && shape.Shape != GrowthShape.Undecided)
        {
            return Undecided(numbers, Sentence.OfTooFew(list.Driven, operations, mode, options));
        }

        return shape;
    }

    /// <summary>
    /// A step in a few rounds, which brought all bytes but a quiet rest, where it is no more than is taken for the runtime's own: it compiles anew what has run for the thirtieth
    /// time. Null where it is something else, as when the last rounds go on.
    /// </summary>
    public Judgement? OfRuntime(Judgement numbers)
    {
        double net = numbers.TotalGrowth;
        if (nature != MetricNature.Bytes || !budgetUsedUp || net <= options.NoiseFloorBytes || net > options.RuntimeBytes || GoesOn(net))
        {
            return null;
        }

        double rest = net;
        int steps = 0;
        foreach (double growth in _stretches.Select(stretch => stretch.Growth).OrderDescending().TakeWhile(_ => rest > options.NoiseFloorBytes))
        {
            rest -= growth;
            steps++;
        }

        return steps * FewSteps > list.Driven ? null : numbers with
        {
            Shape = GrowthShape.Step,
            GrowingRounds = steps,
            Reason = Sentence.Of($"it rose by {net:0} B, all but {Math.Max(0, rest):0} B of it in {steps} of {numbers.RoundsJudged} rounds"),
        };
    }

    /// <summary>Whether each of the last rounds brings as much as its work is due: a dose is twice the work.</summary>
    private bool GoesOn(double net)
    {
        bool byTime = mode == DriveMode.Time;
        double work = _stretches.Sum(stretch => stretch.Work(byTime));
        return _stretches.Where(stretch => !stretch.Idle).TakeLast(LastRounds).All(stretch => stretch.Growth * work >= net * stretch.Work(byTime));
    }

    private Judgement Name(Judgement numbers, GrowthEvidence evidence)
    {
        double few = nature == MetricNature.Count ? options.ExpectedPerRound : options.NoiseFloorBytes;
        double quiet = Math.Max(evidence.Noise, few);
        double net = numbers.TotalGrowth;
        double range = Levels.Range(_stretches.AsSpan());
        if (range <= quiet)
        {
            return numbers with { Shape = GrowthShape.Flat, Reason = Sentence.Of($"it stayed within {range:0.#} over {numbers.RoundsJudged} rounds") };
        }

        double fall = Levels.Drawdown(_stretches.AsSpan());
        if (net <= quiet)
        {
            return Levels.Rise(_stretches.AsSpan()) > quiet
                ? Oscillates(numbers, fall)
                : numbers with { Shape = GrowthShape.Flat, Reason = Sentence.Of($"it fell by {fall:0.#} over {numbers.RoundsJudged} rounds") };
        }

        // A few that come one by one, as often in each part of the rounds: no end of them is quiet, however few they are.
        if (!budgetUsedUp && nature == MetricNature.Count && net >= options.SmallestCount / 2 && net < options.SmallestCount && IsEven(net, net / (2 * options.WindowRounds)))
        {
            return Undecided(numbers, OfTooLittle(net));
        }

        if (Stopped(quiet, out int stop, out int quietRounds))
        {
            // The teeth of a saw may meet the last rounds in step: what fell by most of what it rose by before them did not grow and stop.
            ReadOnlySpan<Stretch> before = _stretches.AsSpan()[..stop];
            return Levels.Drawdown(before) > Math.Max(ToothShare * Levels.Range(before), quiet) ? Oscillates(numbers, fall) : Plateau(numbers, stop, quietRounds);
        }

        if (fall > Math.Max(options.Drawdown * range, quiet))
        {
            double above = Levels.AboveEarlierPeak(_stretches.AsSpan());
            bool little = nature == MetricNature.Count && net < options.SmallestCount && fall >= net / 2;
            return above <= quiet || (budgetUsedUp && (above <= fall || little))
                ? Oscillates(numbers, fall)
                : Undecided(numbers, Sentence.Of($"it grew by {net:0.#}, but fell by {fall:0.#} on the way, over {options.Drawdown:0%} of it"));
        }

        if (SteepestShare() >= StepShare)
        {
            return LateStep(numbers);
        }

        return Unproven(numbers, evidence);
    }

    private Judgement Plateau(Judgement numbers, int stop, int quietRounds)
    {
        double grown = 0, operations = 0;
        for (int i = 0; i < stop; i++)
        {
            grown += _stretches[i].Growth;
            operations += _stretches[i].Operations;
        }

        int growing = 0;
        for (int i = 0; i < stop; i++)
        {
            growing += _stretches[i].Growth >= GrowingShare * grown ? Math.Max(1, _stretches[i].Driven) : 0;
        }

        bool curve = nature == MetricNature.Bytes || grown >= options.SmallestCount || grown >= SlowestRate * operations;
        return growing >= BoundedRounds && curve
            ? numbers with
            {
                Shape = GrowthShape.Bounded,
                GrowingRounds = growing,
                Reason = Sentence.Of($"it grew by {grown:0.#} in {growing} rounds and then stopped for {quietRounds}"),
            }
            : numbers with
            {
                Shape = GrowthShape.Step,
                GrowingRounds = growing,
                Reason = Sentence.Of($"it rose by {grown:0.#} in {growing} of {numbers.RoundsJudged} rounds and stayed there for the last {quietRounds}"),
            };
    }

    private Judgement LateStep(Judgement numbers)
    {
        bool last = _stretches[^1].Growth >= StepShare * _stretches.Max(stretch => stretch.Growth);
        FormattableString reason = $"it rose by {numbers.TotalGrowth:0.#} in one of {numbers.RoundsJudged} rounds{(last ? ", the last" : "")}";
        return last
            ? Undecided(numbers, Sentence.Of(reason))
            : numbers with { Shape = GrowthShape.Step, NeedsMoreRounds = !budgetUsedUp, Reason = Sentence.Of(reason) };
    }

    private Judgement Unproven(Judgement numbers, GrowthEvidence evidence)
    {
        double net = numbers.TotalGrowth;
        if (nature == MetricNature.Count && mode == DriveMode.Operations && Lifetime.Of(list.Before, _stretches) is { } life)
        {
            return numbers with
            {
                Shape = GrowthShape.Bounded,
                Reason = Sentence.Of($"it follows the operations of the last {life:0.#} seconds, and not all of them: what is counted lives about that long"),
            };
        }

        if (evidence.Obstacle == Obstacle.Fading)
        {
            return Undecided(numbers with { Dose = evidence.Dose }, Sentence.OfObstacle(evidence, mode, nature, options));
        }

        if (nature == MetricNature.Bytes && evidence.Obstacle == Obstacle.Small)
        {
            return numbers with
            {
                Shape = GrowthShape.Flat,
                Reason = Sentence.Of($"it grew by {net:0} B, which is not surely more than the {evidence.Smallest:0} B that count as growth here"),
            };
        }

        if (evidence.Noise > options.ExpectedPerRound && net < 4 * evidence.Noise)
        {
            return Undecided(numbers, Sentence.Of($"noise: it grew by {net:0.#}, and changed by {evidence.Noise:0.#} with nothing driven"));
        }

        if (nature == MetricNature.Count && net < options.SmallestCount)
        {
            return IsEven(net, net / options.WindowRounds) && (!budgetUsedUp || net >= options.SmallestCount / 2)
                ? Undecided(numbers, OfTooLittle(net))
                : numbers with { Shape = GrowthShape.Step, Reason = OfTooLittle(net) };
        }

        return Undecided(numbers, evidence.Obstacle switch
        {
            Obstacle.GivenBack => Sentence.Of($"it grew by {net:0.#}, and {Levels.Drawdown([.. list.Before, .. _stretches]):0.#} were given back before: these may return"),
            Obstacle.FallsBack => Sentence.Of($"it grew by {net:0.#}, but gave back {Math.Max(Levels.Drawdown(_stretches.AsSpan()), Explanation.FallsWhileIdle(_stretches.AsSpan())):0.#} on the way"),
            _ => Sentence.Of($"it grew by {net:0.#}, but not in every part of the {numbers.RoundsJudged} rounds"),
        });
    }

    private string OfTooLittle(double net) => Sentence.Of($"it grew by {net:0.#}, fewer than the {options.SmallestCount:0} that count as growth");

    private bool IsEven(double net, double perWindow)
    {
        bool byTime = mode == DriveMode.Time;
        return Windows.Weakest(_stretches.AsSpan(), byTime, net / _stretches.Sum(stretch => stretch.Work(byTime)), perWindow, options) is not null;
    }

    /// <summary>
    /// The longest quiet end: one that the growth before it would have moved. A cache of random keys takes a last few for ever: they are quiet too. A short end may waver by more than
    /// its work allows, and be part of a longer one that does not.
    /// </summary>
    private bool Stopped(double quiet, out int stop, out int quietRounds)
    {
        bool byTime = mode == DriveMode.Time;
        double loudest = nature == MetricNature.Count ? Math.Max(quiet, options.SmallestCount) : quiet;
        double high = 0, low = 0, back = 0, rest = 0, work = 0, operations = 0;
        double grown = _stretches.Sum(stretch => stretch.Growth), earlier = _stretches.Sum(stretch => stretch.Work(byTime));
        int rounds = 0;
        stop = _stretches.Length;
        quietRounds = 0;
        for (int start = _stretches.Length - 1; start >= 0; start--)
        {
            Stretch stretch = _stretches[start];
            back -= stretch.Growth;
            (high, low) = (Math.Max(high, back), Math.Min(low, back));
            if (high - low > loudest)
            {
                break;
            }

            (rest, grown) = (rest + stretch.Growth, grown - stretch.Growth);
            (work, earlier) = (work + stretch.Work(byTime), earlier - stretch.Work(byTime));
            operations += stretch.Operations;
            rounds += stretch.Driven;
            double little = nature == MetricNature.Count ? Math.Min(options.SmallestCount, SlowestRate * operations) : 0;
            double due = earlier > 0 ? grown / earlier * work : double.PositiveInfinity;
            if (high - low <= Math.Max(quiet, little) && rounds >= options.WindowRounds && rest < options.WeakestShare * due)
            {
                (stop, quietRounds) = (start, rounds);
            }
        }

        return quietRounds > 0;
    }

    private double SteepestShare() => _stretches.Max(stretch => stretch.Growth) / _stretches.Sum(stretch => Math.Max(0, stretch.Growth));

    private static Judgement Oscillates(Judgement numbers, double fall) => numbers with
    {
        Shape = GrowthShape.Oscillating,
        Reason = Sentence.Of($"it rises and falls, by up to {fall:0.#}, and ends {Math.Abs(numbers.TotalGrowth):0.#} {(numbers.TotalGrowth < 0 ? "below" : "above")} its first reading"),
    };

    private Judgement Undecided(Judgement numbers, string reason) =>
        numbers with { Shape = GrowthShape.Undecided, NeedsMoreRounds = !budgetUsedUp, Reason = reason };
}
