using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Resources;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Every series of a run that could be a finding, judged.</summary>
internal sealed class JudgedRun
{
    /// <summary>Twice the most that was read of programs that keep nothing: 4 MiB, after the first of the measured rounds, of one that answers in 50 ms.</summary>
    private const double RuntimeBytes = 8 * 1024 * 1024;

    private readonly Dictionary<ulong, Judgement> paths = [];
    private readonly Dictionary<ulong, string> assumed = [];
    private readonly Dictionary<string, Judgement> types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Judgement> counters = new(StringComparer.Ordinal);

    private JudgedRun(PathGrowth growth, LogJudge judge)
    {
        Growth = growth;
        ContentSeries[] contents = [.. growth.ContentsSince(judge.Log.Baseline)];
        SetAside aside = new(growth, contents);
        foreach (PathSeries series in growth.Paths.Where(series => judge.Matters(series.Counts) && !aside.IsPiece(series) && !series.Path.IsDeeper))
        {
            Judgement judgement = judge.Judge(new Series(SourceNames.Type(series.Path.Type), MetricNature.Count, series.Counts));
            if (aside.BoundOf(series.Id) is { } bound && (judgement.Grows || judgement.Shape == GrowthShape.Undecided))
            {
                judgement = Bounded(judgement, bound);
                assumed.Add(series.Id, bound);
            }

            paths.Add(series.Id, judgement);
        }

        foreach (TypeSeries series in growth.Types.Select(aside.Without).Where(series => judge.Matters(series.Counts)))
        {
            types.Add(series.Type, judge.Judge(new Series(SourceNames.Type(series.Type), MetricNature.Count, series.Counts)));
        }

        foreach (ContentSeries content in contents.Where(content => judge.Matters(content.Compared)))
        {
            if (aside.BoundOfContent(content.Id) is { } bound && judge.Judge(new Series(content.Path.Type, MetricNature.Count, content.Compared)) is { Grows: true } or { Shape: GrowthShape.Undecided })
            {
                assumed.TryAdd(content.Id, bound);
            }
        }

        // Elements that are objects are judged as such; those that are numbers or structs show only in the collection.
        HashSet<ulong> above = [.. paths.Keys.Where(id => aside.BoundOf(id) is null).SelectMany(id => growth.StepsTo(id)).Select(step => step.Id)];
        Contents = new JudgedContents(contents.Where(content => !above.Contains(content.Id) && !aside.IsInCache(content.Id)), judge);
        foreach (Series series in CountersOf(judge.Log))
        {
            Judgement judgement = judge.Judge(series);
            if (series.Metric == Metric.NativeBytes && judgement.Shape == GrowthShape.Undecided)
            {
                judgement = (judge with { Options = judge.Options with { RuntimeBytes = RuntimeBytes } }).Judge(series);
                StepsOfRuntime = judgement.Shape == GrowthShape.Undecided ? null : judgement;
            }

            counters.Add(series.Metric, judgement);
        }
    }

    public PathGrowth Growth { get; }

    public IReadOnlyDictionary<ulong, Judgement> Paths => paths;

    /// <summary>By path what is known to bound it, where it was not seen to stop.</summary>
    public IReadOnlyDictionary<ulong, string> Assumed => assumed;

    /// <summary>Native memory that came in a few steps and is taken for the runtime's own; null where there is none.</summary>
    public Judgement? StepsOfRuntime { get; }

    public IReadOnlyDictionary<string, Judgement> Types => types;

    /// <summary>Descriptors, threads, timers, pending operations, native bytes; and descriptors and threads by kind and name.</summary>
    public IReadOnlyDictionary<string, Judgement> Counters => counters;

    /// <summary>What changes inside objects, where no objects below them are counted.</summary>
    public JudgedContents Contents { get; }

    /// <summary>What decides about the run: one judgement a metric. The kinds of descriptors and names of threads are parts of their metric.</summary>
    public IReadOnlyCollection<Judgement> Deciding =>
    [
        .. counters.Where(counter => !counter.Key.Contains('.', StringComparison.Ordinal)).Select(counter => counter.Value),
        .. types.Values,
        .. paths.Values,
        .. Contents.Deciding.Select(content => content.Judgement),
    ];

    public static JudgedRun Of(HuntLog log, VerdictOptions options, bool budgetUsedUp) =>
        new(PathGrowth.Of([.. log.Readings.Select(reading => reading.Census)]), new LogJudge(log, options, budgetUsedUp));

    /// <summary>What has not stopped yet, and will: the reason says that it was not seen to.</summary>
    private static Judgement Bounded(Judgement judgement, string bound)
    {
        (GrowthShape shape, string seen) = judgement.TotalGrowth > 0
            ? (GrowthShape.Bounded, FormattableString.Invariant($"It grew by {judgement.TotalGrowth:#,0.#} and was not seen to stop, but"))
            : (GrowthShape.Flat, "It did not grow in all, and");
        return judgement with { IsAssumed = shape == GrowthShape.Bounded, Shape = shape, Reason = $"{seen} {bound}.", NeedsMoreRounds = false, Wanted = null, WantsSilence = false };
    }

    private static IEnumerable<Series> CountersOf(HuntLog log)
    {
        foreach (string metric in (string[])[Metric.Descriptors, Metric.Threads, Metric.Timers, Metric.PendingAsync])
        {
            yield return log.SeriesOf(metric, MetricNature.Count, reading => reading.Metrics[metric]);
        }

        yield return log.SeriesOf(Metric.NativeBytes, MetricNature.Bytes, reading => reading.Metrics[Metric.NativeBytes]);
        foreach (DescriptorKind kind in log.Readings.SelectMany(reading => reading.Settled.DescriptorsByKind?.Keys ?? []).Distinct().Order())
        {
            yield return log.SeriesOf($"{Metric.Descriptors}.{kind}", MetricNature.Count, reading => reading.Settled.DescriptorsByKind?.GetValueOrDefault(kind) ?? double.NaN);
        }

        foreach (string name in log.Readings.SelectMany(reading => reading.ThreadsByPattern?.Keys ?? []).Distinct().Order(StringComparer.Ordinal))
        {
            yield return log.SeriesOf($"{Metric.Threads}.{name}", MetricNature.Count, reading => reading.ThreadsByPattern?.GetValueOrDefault(name) ?? double.NaN);
        }
    }
}
