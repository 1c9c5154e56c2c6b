using System.Collections.Immutable;
using Limpet.Cli.Watching.Tree;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;
using Limpet.Verdicts;

namespace Limpet.Cli.Watching.Judging;

/// <summary>What grows with time, where there are no phases. Each process that lived through most of the run is judged by itself.</summary>
internal sealed class OverTime
{
    /// <summary>Share of the run that a process must have lived.</summary>
    private const double LongLived = 0.8;

    /// <summary>A command that ends by itself may take memory all its life without a leak: a build, an import. One that runs for so long is taken for a service.</summary>
    private static readonly TimeSpan ServiceLife = TimeSpan.FromMinutes(5);

    private readonly List<Finding> findings = [];
    private readonly List<LimitProjection> projections = [];

    public IReadOnlyList<Finding> Findings => findings;

    public IReadOnlyList<LimitProjection> Projections => projections;

    /// <summary>Judges all processes.</summary>
    public static OverTime Judge(WatchTree tree, RunFacts facts, bool redact)
    {
        OverTime result = new();
        foreach (FollowedProcess process in tree.Ended.Concat(tree.Alive))
        {
            double start = Math.Max(0, process.StartedAt.TotalSeconds), end = (process.EndedAt ?? facts.Duration).TotalSeconds;
            if (end - start >= LongLived * facts.Duration.TotalSeconds)
            {
                result.Judge(process, facts, start, end, redact);
            }
        }

        return result;
    }

    private void Judge(FollowedProcess process, RunFacts facts, double start, double end, bool redact)
    {
        string name = Escaping.Show(string.Join(' ', (redact ? Redaction.CommandLine(process.Command) : process.Command).Take(3)), 80);
        if (Of("fds", MetricNature.Count, process.Course.Descriptors) is { } descriptors)
        {
            ImmutableArray<NamedCount> groups = DescriptorGroups.Of([.. process.Descriptors.Values.Select(item => item.Descriptor!)], new Dictionary<long, SocketInfo>());
            Add(FindingKind.ResourceLeak, groups.Length > 0 ? $"{groups[0].Name} of {name}" : $"descriptors of {name}", descriptors, process.DescriptorCount ?? 0, isBytes: false);
            if (process.OpenFilesLimit is { } limit && Judging.Projections.OfTime("openFiles", limit, process.DescriptorCount ?? 0, descriptors.PerSecond) is { } projection)
            {
                projections.Add(projection);
            }
        }

        if (Of("threads", MetricNature.Count, process.Course.Threads) is { } threads)
        {
            string most = process.Details?.ThreadsByName is { IsEmpty: false } names ? $" \"{Escaping.Show(names.GroupBy(pair => NamePattern.Of(pair.Key)).MaxBy(group => group.Sum(pair => pair.Value))!.Key, 40)}\"" : "";
            Add(FindingKind.ThreadLeak, $"thread{most} of {name}", threads, process.Pulse.Threads, isBytes: false);
        }

        bool isService = !facts.Ended || facts.Duration >= ServiceLife;
        if (isService && Of("memory", MetricNature.Bytes, process.Course.Rss) is { } memory)
        {
            Add(FindingKind.NativeLeak, $"memory of {name}", memory, process.Pulse.Rss.Bytes, isBytes: true, HeapShare.Hint(process, memory.PerSecond * (end - start)));
            if (facts is { MemoryLimit: { } limit, MemoryUsed: { } used } && Judging.Projections.OfTime(facts.LimitIsHost ? "hostMemory" : "cgroupMemory", limit, used, memory.PerSecond) is { } projection)
            {
                projections.Add(projection);
            }
        }

        Judgement? Of(string metric, MetricNature nature, ThinnedSeries? series) =>
            series is not null && TimeJudge.Judge(metric, nature, series.Points, start, end) is { Grows: true } judgement ? judgement : null;
    }

    private void Add(FindingKind kind, string subject, Judgement judgement, double last, bool isBytes, string? hint = null) => findings.Add(new Finding
    {
        Kind = kind,
        Subject = subject,
        Signature = $"watch:time:{judgement.Metric}:{NamePattern.Of(subject)}",
        PerSecond = isBytes ? new Amount(null, Math.Round(judgement.PerSecond)) : new Amount(Math.Round(judgement.PerSecond, 4), null),
        Retained = isBytes ? new Amount(null, last) : new Amount(last, null),
        Confidence = judgement.Reason,
        Hint = hint,
    });
}
