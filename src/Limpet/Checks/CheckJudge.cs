using System.Collections.Immutable;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>Judges the readings of a check. What decides are the managed bytes and the counters; native memory only where it grows beyond doubt.</summary>
internal static class CheckJudge
{
    /// <summary>The smallest object has 24 bytes: one that stays at every other operation is above this.</summary>
    private const double ManagedBytesPerOperation = 10;

    /// <summary>Settled bytes are exact where nothing else runs; what other threads allocate shows in the idle rounds and raises this.</summary>
    private const double ManagedNoiseFloor = 1024;

    /// <summary>What holds the objects is a table that doubles: half of all growth, and more, may come at once.</summary>
    private const double TableJump = 1;

    /// <summary>A quarter of the smallest object.</summary>
    private const double QuietBytesPerOperation = 6;

    /// <summary>How much evidence a check needs: no time, for a test is not to wait.</summary>
    public static VerdictOptions OptionsOf(LeakCheckOptions options) => new()
    {
        Warmup = options.Warmup,
        MinimumRounds = options.Rounds,
        MinimumOperations = (long)options.Operations * options.Rounds,
        MinimumDuration = TimeSpan.Zero,
    };

    /// <summary>Judges every metric.</summary>
    public static ImmutableArray<Judgement> Judge(CheckLog log, VerdictOptions options, bool budgetUsedUp) =>
        [.. log.Series.Where(IsRead).Select(series => GrowthJudge.Judge(log.History, series, OptionsFor(series, options), budgetUsedUp))];

    /// <summary>The judgements that decide about the operation: growth that time explains is not its, and native memory that is undecided is only noisy.</summary>
    public static ImmutableArray<Judgement> Deciding(ImmutableArray<Judgement> judgements) =>
    [
        .. judgements.Where(judgement => judgement.Shape != GrowthShape.GrowingWithTime
            && (judgement.Metric != CheckMetric.NativeBytes || judgement.Shape == GrowthShape.Growing)),
    ];

    /// <summary>Whether the managed bytes stood still in most rounds, so that what an operation leaves behind would have shown.</summary>
    public static bool IsQuiet(CheckLog log) => Unrest(log) <= QuietBytesPerOperation;

    /// <summary>The median change of the managed bytes over driven rounds after the warm-up, up or down, per operation.</summary>
    public static double Unrest(CheckLog log)
    {
        RunHistory history = log.History;
        Series managed = log.Series.First(series => series.Metric == CheckMetric.ManagedBytes);
        double[] changes =
        [
            .. Enumerable.Range(1, history.Rounds.Length - 1)
                .Where(round => history.Rounds[round].Kind is RoundKind.Base or RoundKind.Dose && history.Rounds[round].Operations > 0)
                .Select(round => Math.Abs(managed.Values[round] - managed.Values[round - 1]) / history.Rounds[round].Operations)
                .Order(),
        ];
        return changes.Length == 0 ? 0 : changes[changes.Length / 2];
    }

    private static bool IsRead(Series series) => series.Values.Any(double.IsFinite);

    private static VerdictOptions OptionsFor(Series series, VerdictOptions options) => series.Metric == CheckMetric.ManagedBytes
        ? options with { NoiseFloorBytes = ManagedNoiseFloor, BytesPerOperation = ManagedBytesPerOperation, LargestJump = TableJump }
        : options;
}
