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

    private static bool IsRead(Series series) => series.Values.Any(double.IsFinite);

    private static VerdictOptions OptionsFor(Series series, VerdictOptions options) => series.Metric == CheckMetric.ManagedBytes
        ? options with { NoiseFloorBytes = ManagedNoiseFloor, BytesPerOperation = ManagedBytesPerOperation }
        : options;
}
