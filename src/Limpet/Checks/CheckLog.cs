using System.Collections.Immutable;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>
/// The rounds of a check with their readings. They are kept in arrays that are as large at the first round as at the last: a log that grew with the rounds
/// would be seen in the bytes that it records.
/// </summary>
internal sealed class CheckLog
{
    private const int FirstCapacity = 512;
    private static readonly ImmutableArray<string> Metrics =
        [CheckMetric.ManagedBytes, CheckMetric.Timers, CheckMetric.Threads, CheckMetric.Descriptors, CheckMetric.NativeBytes];

    private LoggedRound[] rounds = new LoggedRound[FirstCapacity];

    /// <summary>How many rounds there were.</summary>
    public int Count { get; private set; }

    /// <summary>The rounds, as they are judged.</summary>
    public RunHistory History => new([.. rounds.Take(Count).Select(round => round.Round)], DriveMode.Operations);

    /// <summary>The last round.</summary>
    public Round Last => rounds[Count - 1].Round;

    /// <summary>How long the longest round after the warm-up took, in which things are started that are started once.</summary>
    public TimeSpan LongestRound => rounds.Take(Count).Where(round => round.Kind != RoundKind.Warmup).Select(round => round.Duration).DefaultIfEmpty().Max();

    /// <summary>The readings of every metric.</summary>
    public IEnumerable<Series> Series => Metrics.Select(SeriesOf);

    /// <summary>Adds a round.</summary>
    public void Add(Round round, CheckReading reading)
    {
        if (Count == rounds.Length)
        {
            Array.Resize(ref rounds, 2 * Count);
        }

        rounds[Count++] = new LoggedRound(round.Kind, round.Operations, round.Failed, round.At, round.Duration, reading);
    }

    /// <summary>The last reading of one metric.</summary>
    public double LastOf(string metric) => rounds[Count - 1].Reading.Of(metric);

    /// <summary>The rounds as they stand in a result.</summary>
    public ImmutableArray<RoundMeasurement> Measurements() =>
    [
        .. rounds.Take(Count).Select(logged => new RoundMeasurement
        {
            Kind = logged.Kind.ToString(),
            Operations = logged.Operations,
            Failed = logged.Failed,
            AtSeconds = Math.Round(logged.At.TotalSeconds, 4),
            Metrics = Metrics.Where(metric => double.IsFinite(logged.Reading.Of(metric))).ToImmutableSortedDictionary(metric => metric, logged.Reading.Of),
        }),
    ];

    private Series SeriesOf(string metric) => new(
        metric,
        metric is CheckMetric.ManagedBytes or CheckMetric.NativeBytes ? MetricNature.Bytes : MetricNature.Count,
        [.. rounds.Take(Count).Select(round => round.Reading.Of(metric))]);
}
