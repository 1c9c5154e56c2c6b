using System.Collections.Immutable;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Run;

/// <summary>The rounds of a hunt with their readings.</summary>
internal sealed class HuntLog(DriveMode mode)
{
    private const int FewRounds = 4;
    private readonly List<SettledReading> readings = [];

    public RunHistory History { get; private set; } = RunHistory.Empty(mode);

    public IReadOnlyList<SettledReading> Readings => readings;

    /// <summary>Index of the last warm-up round: what later rounds are compared with.</summary>
    public int Baseline => Math.Max(0, History.Count(RoundKind.Warmup) - 1);

    /// <summary>
    /// Index of the round that rates are taken from: the first driven one after the baseline, as in the judgements, once there are rounds enough. What is
    /// read of a target by lookups of its own may not be complete before.
    /// </summary>
    public int RatesFrom => History.Rounds.Skip(Baseline + 1).Count(round => round.Operations > 0 || History.Mode == DriveMode.Time) <= FewRounds
        ? Baseline
        : Enumerable.Range(Baseline + 1, readings.Count - Baseline - 1).First(round => History.Rounds[round].Operations > 0 || History.Mode == DriveMode.Time);

    public void Add(Round round, SettledReading reading)
    {
        History = History.With(round);
        if (readings.Count - 1 > Baseline)
        {
            readings[^1] = readings[^1].WithoutDescriptors();
        }

        readings.Add(reading);
    }

    /// <summary>The readings of one metric, by round.</summary>
    public Series SeriesOf(string name, MetricNature nature, Func<SettledReading, double> value) => new(name, nature, [.. readings.Select(value)]);

    /// <summary>Successful operations after a round.</summary>
    public long OperationsAfter(int round) => History.Rounds.Skip(round + 1).Sum(later => later.Operations);

    public TimeSpan TimeAfter(int round) => readings.Count == 0 ? TimeSpan.Zero : History.Rounds[^1].At - History.Rounds[round].At;

    /// <summary>The rounds as they stand in a result.</summary>
    public ImmutableArray<RoundMeasurement> Measurements() =>
    [
        .. History.Rounds.Zip(readings, (round, reading) => new RoundMeasurement
        {
            Kind = round.Kind.ToString(),
            Operations = round.Operations,
            Failed = round.Failed,
            AtSeconds = Math.Round(round.At.TotalSeconds, 3),
            PausedSeconds = Math.Round(round.Paused.TotalSeconds, 3),
            Metrics = Finite(reading.Metrics),
            Immediate = Finite(SettledReading.Of(reading.Immediate)),
            StallSeconds = Math.Round(reading.Stall.TotalSeconds, 4),
        }),
    ];

    /// <summary>A reading that was refused is left out: it is never 0.</summary>
    private static ImmutableSortedDictionary<string, double> Finite(IEnumerable<KeyValuePair<string, double>> metrics) =>
        metrics.Where(metric => double.IsFinite(metric.Value)).ToImmutableSortedDictionary();
}
