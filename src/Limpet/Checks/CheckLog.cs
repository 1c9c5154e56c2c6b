using System.Collections.Immutable;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>The rounds of a check with their readings.</summary>
internal sealed class CheckLog
{
    private readonly List<ImmutableSortedDictionary<string, double>> readings = [];

    public RunHistory History { get; private set; } = RunHistory.Empty(DriveMode.Operations);

    public void Add(Round round, ImmutableSortedDictionary<string, double> reading)
    {
        History = History.With(round);
        readings.Add(reading);
    }

    /// <summary>The readings of one metric, by round.</summary>
    public Series SeriesOf(string metric) => new(
        metric,
        metric is CheckMetric.ManagedBytes or CheckMetric.NativeBytes ? MetricNature.Bytes : MetricNature.Count,
        [.. readings.Select(reading => reading[metric])]);

    /// <summary>The last reading of one metric.</summary>
    public double LastOf(string metric) => readings[^1][metric];

    /// <summary>The rounds as they stand in a result.</summary>
    public ImmutableArray<RoundMeasurement> Measurements() =>
    [
        .. History.Rounds.Zip(readings, (round, reading) => new RoundMeasurement
        {
            Kind = round.Kind.ToString(),
            Operations = round.Operations,
            Failed = round.Failed,
            AtSeconds = Math.Round(round.At.TotalSeconds, 4),
            Metrics = reading.Where(metric => double.IsFinite(metric.Value)).ToImmutableSortedDictionary(),
        }),
    ];
}
