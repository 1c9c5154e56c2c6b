using System.Collections.Immutable;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap.Growth;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Makes findings of counters whose growth no leak of objects explains.</summary>
internal sealed class CounterFindings(HuntEvidence evidence, LeakClaims claims, ImmutableArray<GrowthGroup> groups, ResourceWords words)
{
    private const int MostTargets = 5;
    private const int MostStacks = 3;

    /// <summary>A target or kind with less of the growth than this is left out.</summary>
    private const double SmallestShare = 0.1;

    public IEnumerable<Finding> All()
    {
        foreach ((string metric, FindingKind kind) in (IEnumerable<(string, FindingKind)>)
        [
            (Metric.Threads, FindingKind.ThreadLeak),
            (Metric.Descriptors, FindingKind.ResourceLeak),
            (Metric.Timers, FindingKind.TimerLeak),
            (Metric.PendingAsync, FindingKind.TaskLeak),
            (Metric.NativeBytes, FindingKind.NativeLeak),
        ])
        {
            if (claims.Rest(metric) is > 0 and double rest && evidence.Run.Counters.GetValueOrDefault(metric) is { Grows: true } judgement)
            {
                yield return Of(metric, kind, rest / evidence.GrowthOf(metric), judgement);
            }
        }
    }

    /// <param name="metric">The counter.</param>
    /// <param name="kind">What kind of leak its growth is.</param>
    /// <param name="share">Share of its growth that nothing else explains.</param>
    /// <param name="judgement">What was judged of it.</param>
    private Finding Of(string metric, FindingKind kind, double share, Judgement judgement)
    {
        bool isBytes = metric == Metric.NativeBytes;
        double rate = Math.Round(Rates.Of(judgement) * share, 4);
        double settled = evidence.Last.Metrics[metric], growth = evidence.GrowthOf(metric) * share;
        ThreadStarts? start = metric == Metric.Threads ? words.StartOf(null, growth) : null;
        (string subject, ImmutableArray<RelatedGrowth> related) = metric switch
        {
            Metric.Threads => (words.Thread(start, growth), []),
            Metric.Descriptors => OfTargets(claims.SocketsLeft(evidence, groups, out bool isKnown) is var sockets && isKnown ? words.Descriptors(sockets) : [], judgement, rate),
            Metric.NativeBytes => OfMemory(judgement),
            Metric.Timers => ("active timer", []),
            _ => ("pending async operation", ImmutableArray<RelatedGrowth>.Empty),
        };
        return new Finding
        {
            Kind = kind,
            Subject = subject,
            Signature = "metric:" + metric + (PartOf(metric) is { } part ? "." + part : ""),
            Retained = isBytes ? new Amount(null, settled) : new Amount(settled, null),
            Course = Courses.Of(evidence.Log.Readings.Select(reading => reading.Metrics[metric])),
            Readings = new Readings(SettledReading.Of(evidence.Last.Immediate).TryGetValue(metric, out double immediate) && double.IsFinite(immediate) ? immediate : null, null, settled),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Confidence = judgement.Reason,
            Stacks = start is null ? [] : [.. start.Stacks.Take(MostStacks)],
            Related = related,
        }.WithRate(judgement, isBytes ? new Amount(null, rate) : new Amount(rate, null));
    }

    private static (string Subject, ImmutableArray<RelatedGrowth> Related) OfTargets(ImmutableArray<NamedCount> targets, Judgement judgement, double rate)
    {
        double all = Math.Max(1, targets.Sum(target => target.Count));
        NamedCount[] most = [.. targets.Where(target => target.Count >= SmallestShare * all).Take(MostTargets)];
        return most.Length == 0
            ? ("descriptor", [])
            : (Escaping.Show(most[0].Name), most.Length == 1 ? [] : [.. most.Select(target => Rates.Related(judgement, Metric.Descriptors, Math.Round(rate * target.Count / all, 4), target.Name))]);
    }

    private (string Subject, ImmutableArray<RelatedGrowth> Related) OfMemory(Judgement judgement)
    {
        MemoryAreaKind most = evidence.LargestNativeGrowth();
        double growth = evidence.GrowthOf(Metric.NativeBytes);
        MemoryAreaKind[] parts = [.. Enum.GetValues<MemoryAreaKind>().Where(kind => evidence.NativeGrowthOf(kind) >= SmallestShare * growth)];
        return (
            $"native memory ({ResourceWords.Memory(most)})",
            parts.Length < 2 ? [] : [.. parts.Select(kind => Rates.Related(judgement, Metric.NativeBytes, evidence.Rate(evidence.NativeGrowthOf(kind), judgement), ResourceWords.Memory(kind)))]);
    }

    /// <summary>The kind of descriptor or name of thread that grew most: the same leak has it in another run too.</summary>
    private string? PartOf(string metric) => evidence.Run.Counters.Values
        .Where(counter => counter.Metric.StartsWith(metric + ".", StringComparison.Ordinal) && counter.Grows)
        .MaxBy(counter => counter.TotalGrowth)?.Metric[(metric.Length + 1)..];
}
