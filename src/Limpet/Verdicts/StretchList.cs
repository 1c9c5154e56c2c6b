using System.Collections.Immutable;

namespace Limpet.Verdicts;

/// <summary>The judged part of a series: after warm-up and the first delta, refused readings merged away.</summary>
internal sealed class StretchList
{
    private StretchList(ImmutableArray<Stretch> before, ImmutableArray<Stretch> stretches, int refused, int readings, long seenUpTo)
    {
        Before = before;
        Stretches = stretches;
        Refused = refused;
        Readings = readings;
        SeenUpToOperations = seenUpTo;
    }

    /// <summary>Warm-up and the first delta. Not judged, but what is given back there may be given back again.</summary>
    public ImmutableArray<Stretch> Before { get; }

    public ImmutableArray<Stretch> Stretches { get; }

    /// <summary>Readings after the warm-up that were refused.</summary>
    public int Refused { get; }

    /// <summary>Readings after the warm-up that were asked for.</summary>
    public int Readings { get; }

    public long SeenUpToOperations { get; }

    public int Driven => Stretches.Sum(stretch => stretch.Driven);

    public static StretchList From(RunHistory history, Series series, VerdictOptions options)
    {
        ImmutableArray<Round> rounds = history.Rounds;
        if (series.Values.Length != rounds.Length)
        {
            throw new ArgumentException(
                $"Bug in the caller: {series.Values.Length} readings of {series.Metric} for {rounds.Length} rounds.", nameof(series));
        }

        int start = 0;
        for (int i = 0; i < rounds.Length; i++)
        {
            start = rounds[i].Kind == RoundKind.Warmup ? i : start;
        }

        ImmutableArray<Stretch> warmup = Between(rounds, series.Values, 0, start, out _, out _);
        ImmutableArray<Stretch> measured = Between(rounds, series.Values, start, rounds.Length - 1, out int refused, out int last);
        int judged = FirstJudged(measured, options);
        long seen = rounds.Take(last + 1).Sum(round => round.Operations);
        return new StretchList(
            warmup.AddRange(measured[..judged]), measured[judged..], refused, rounds.Length - start, seen);
    }

    private static ImmutableArray<Stretch> Between(
        ImmutableArray<Round> rounds, ImmutableArray<double> values, int first, int end, out int refused, out int last)
    {
        var stretches = ImmutableArray.CreateBuilder<Stretch>();
        Stretch open = default;
        refused = 0;
        last = -1;
        for (int i = first; i <= end && i < rounds.Length; i++)
        {
            open = last >= 0 ? Merge(open, rounds[i]) : open;
            if (!double.IsFinite(values[i]))
            {
                refused++;
                continue;
            }

            if (last >= 0)
            {
                stretches.Add(open with
                {
                    Growth = values[i] - values[last],
                    Seconds = (rounds[i].At - rounds[last].At).TotalSeconds,
                });
            }

            last = i;
            open = default;
        }

        return stretches.ToImmutable();
    }

    private static Stretch Merge(Stretch open, Round round)
    {
        bool driven = round.Kind != RoundKind.Idle;
        RoundKind? kind = open.Driven == 0 ? round.Kind
            : driven && open.Kind != round.Kind ? null
            : open.Kind;
        return open with
        {
            Kind = kind,
            Driven = open.Driven + (driven ? 1 : 0),
            Operations = open.Operations + round.Operations,
            Paused = open.Paused + (driven ? round.Paused : round.Duration).TotalSeconds,
        };
    }

    // The first delta still carries just-in-time compilation and lazy caches that two warm-up rounds did not reach.
    private static int FirstJudged(ImmutableArray<Stretch> stretches, VerdictOptions options)
    {
        if (stretches.Count(stretch => !stretch.Idle) <= options.WindowRounds)
        {
            return 0;
        }

        int first = 0;
        while (stretches[first].Idle)
        {
            first++;
        }

        return first + 1;
    }
}
