using Limpet.Cli.Hunting.Findings;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Resources;
using Limpet.Verdicts;
using SeriesJudge = Limpet.Verdicts.GrowthJudge;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Every series of a run that could be a finding, judged.</summary>
internal sealed class JudgedRun
{
    /// <summary>Bytes of one place of the heap are exact: no other object is in them.</summary>
    private const double SmallestBytes = 4 * 1024;

    private const double SmallestBytesPerOperation = 4;

    private readonly Dictionary<ulong, Judgement> paths = [];
    private readonly Dictionary<string, Judgement> types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Judgement> counters = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, (ContentSeries Series, Judgement Judgement)> contents = [];

    private readonly List<ContentSeries> uncounted = [];

    private JudgedRun(PathGrowth growth) => Growth = growth;

    public PathGrowth Growth { get; }

    public IReadOnlyDictionary<ulong, Judgement> Paths => paths;

    public IReadOnlyDictionary<string, Judgement> Types => types;

    /// <summary>Descriptors, threads, timers, pending operations, native bytes; and descriptors and threads by kind and name.</summary>
    public IReadOnlyDictionary<string, Judgement> Counters => counters;

    /// <summary>What collects inside objects whose number stays the same, by the id of their path.</summary>
    public IReadOnlyDictionary<ulong, (ContentSeries Series, Judgement Judgement)> Contents => contents;

    /// <summary>Arrays that got larger in a way that says nothing of what is in them.</summary>
    public IEnumerable<ContentSeries> Uncounted => uncounted.Where(content => !content.IsElements);

    /// <summary>What decides about the run: one judgement a metric. The kinds of descriptors and names of threads are parts of their metric.</summary>
    public IReadOnlyCollection<Judgement> Deciding =>
        [.. counters.Where(counter => !counter.Key.Contains('.', StringComparison.Ordinal)).Select(counter => counter.Value), .. types.Values, .. paths.Values, .. contents.Values.Select(content => content.Judgement)];

    public static JudgedRun Of(HuntLog log, VerdictOptions options, bool budgetUsedUp)
    {
        var run = new JudgedRun(PathGrowth.Of([.. log.Readings.Select(reading => reading.Census)]));
        foreach (PathSeries series in run.Growth.Paths.Where(series => Matters(series.Counts, log, options)))
        {
            run.paths.Add(series.Id, Judge(new Series(series.Path.Type, MetricNature.Count, series.Counts), log, options, budgetUsedUp));
        }

        foreach (TypeSeries series in run.Growth.Types.Where(series => Matters(series.Counts, log, options)))
        {
            run.types.Add(series.Type, Judge(new Series(series.Type, MetricNature.Count, series.Counts), log, options, budgetUsedUp));
        }

        run.JudgeContents(log, options, budgetUsedUp);
        foreach (Series series in CountersOf(log))
        {
            run.counters.Add(series.Metric, Judge(series, log, options, budgetUsedUp));
        }

        return run;
    }

    /// <summary>Elements that are objects are judged as such; those that are numbers or structs show only in the collection.</summary>
    private void JudgeContents(HuntLog log, VerdictOptions options, bool budgetUsedUp)
    {
        HashSet<ulong> above = [];
        foreach (ulong id in paths.Keys)
        {
            above.UnionWith(Growth.StepsTo(id).Select(step => step.Id));
        }

        foreach (ContentSeries content in Growth.ContentsSince(log.Baseline).Where(content => !above.Contains(content.Id)))
        {
            if (!content.IsElements && content.Compared[^1] - content.Compared[log.Baseline] >= SmallestBytes)
            {
                VerdictOptions exact = options with { NoiseFloorBytes = SmallestBytes, BytesPerOperation = SmallestBytesPerOperation };
                JudgeContent(content, MetricNature.Bytes, exact, IsOneOrText(content));
            }
            else if (content.IsElements && Matters(content.Compared, log, options))
            {
                JudgeContent(content, MetricNature.Count, options, mayDecide: true);
            }
        }

        void JudgeContent(ContentSeries content, MetricNature nature, VerdictOptions with, bool mayDecide)
        {
            Series series = new(ContentFindings.SubjectOf(content), nature, content.Compared);

            // An array that is replaced by a larger one goes in steps, and collections that come and go jump: of those only what grows all the time decides.
            bool asked = content is { IsElements: true, HoldersStay: true } || (mayDecide && Judge(series, log, with, budgetUsedUp: true).Grows);
            if (asked)
            {
                contents.Add(content.Id, (content, Judge(series, log, with, budgetUsedUp)));
            }
            else
            {
                uncounted.Add(content);
            }
        }
    }

    /// <summary>Many arrays on one path that are enlarged one after the other add up to a line, and say no more of what is in them than one.</summary>
    private static bool IsOneOrText(ContentSeries content) => (content.Path.Traits & TypeTraits.Array) == 0 || content.Path.Count == 1;

    /// <summary>Less than half of the smallest growth that can be a leak is not worth a judgement.</summary>
    private static bool Matters(IReadOnlyList<double> counts, HuntLog log, VerdictOptions options)
    {
        double low = double.MaxValue;
        double high = double.MinValue;
        for (int round = log.Baseline; round < counts.Count; round++)
        {
            low = Math.Min(low, counts[round]);
            high = Math.Max(high, counts[round]);
        }

        return high - low >= options.SmallestCount / 2;
    }

    private static Judgement Judge(Series series, HuntLog log, VerdictOptions options, bool budgetUsedUp) =>
        SeriesJudge.Judge(log.History, series, options, budgetUsedUp);

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
