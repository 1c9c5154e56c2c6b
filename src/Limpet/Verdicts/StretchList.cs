using System.Collections.Immutable;

namespace Limpet.Verdicts;

/// <summary>The judged part of a series: after warm-up and the first delta, refused readings merged away.</summary>
internal sealed class StretchList
{
    private StretchList(ImmutableArray<Stretch> stretches, int refused, int readings, long seenUpTo)
    {
        Stretches = stretches;
        Refused = refused;
        Readings = readings;
        SeenUpToOperations = seenUpTo;
    }

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

        var stretches = ImmutableArray.CreateBuilder<Stretch>();
        int last = -1;
        Stretch open = default;
        int refused = 0;
        for (int i = start; i < rounds.Length; i++)
        {
            bool valid = double.IsFinite(series.Values[i]);
            refused += valid ? 0 : 1;
            if (last >= 0)
            {
                open = Merge(open, rounds[i]);
            }

            if (!valid)
            {
                continue;
            }

            if (last >= 0)
            {
                stretches.Add(open with
                {
                    Growth = series.Values[i] - series.Values[last],
                    Seconds = (rounds[i].At - rounds[last].At).TotalSeconds,
                });
            }

            last = i;
            open = default;
        }

        long seen = rounds.Take(last + 1).Sum(round => round.Operations);
        return new StretchList(DropFirst(stretches.ToImmutable(), options), refused, rounds.Length - start, seen);
    }

    private static Stretch Merge(Stretch open, Round round)
    {
        bool driven = round.Kind != RoundKind.Idle;
        RoundKind? kind = open.Driven == 0 ? round.Kind
            : driven && open.Kind != round.Kind ? null
            : open.Kind;
        return open with { Kind = kind, Driven = open.Driven + (driven ? 1 : 0), Operations = open.Operations + round.Operations };
    }

    // The first delta still carries just-in-time compilation and lazy caches that two warm-up rounds did not reach.
    private static ImmutableArray<Stretch> DropFirst(ImmutableArray<Stretch> stretches, VerdictOptions options)
    {
        if (stretches.Count(stretch => !stretch.Idle) <= options.WindowRounds)
        {
            return stretches;
        }

        int first = 0;
        while (stretches[first].Idle)
        {
            first++;
        }

        return stretches[(first + 1)..];
    }
}
