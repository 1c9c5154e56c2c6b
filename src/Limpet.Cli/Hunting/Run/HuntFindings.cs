using System.Collections.Immutable;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;
using Limpet.Text;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Makes findings of judged series: each place where objects accumulate is one, and takes the other metrics that it explains with it.</summary>
internal sealed class HuntFindings(HuntLog log, JudgedRun run, HeapView? heap, IReadOnlyDictionary<string, (long Immediate, long Natural)> unsettled)
{
    private const double SameGrowth = DoseResult.Tolerance;
    private readonly HashSet<string> explained = new(StringComparer.Ordinal);

    /// <summary>The findings, gravest first.</summary>
    public ImmutableArray<Finding> Build()
    {
        var findings = new List<Finding>();
        ImmutableArray<GrowthRoot> growing = GrowingRoots(run);
        foreach (GrowthRoot root in growing)
        {
            findings.Add(Managed(root));
        }

        findings.AddRange(TypesWithoutPath(growing));
        findings.AddRange(CounterFindings());
        findings.AddRange(Bounded(growing));
        findings.AddRange(DelayedDescriptors());
        return [.. Results.Verdicts.InOrder(findings)];
    }

    /// <summary>The places where objects accumulate.</summary>
    public static ImmutableArray<GrowthRoot> GrowingRoots(JudgedRun run) =>
        GrowthRoots.Find(run.Growth, series => run.Paths.GetValueOrDefault(series.Id) is { Grows: true });

    private Judgement? JudgementOf(PathSeries series) => run.Paths.GetValueOrDefault(series.Id);

    private Finding Managed(GrowthRoot root)
    {
        Judgement judgement = new[] { JudgementOf(root.Subject) }.Concat(root.Tops.Select(JudgementOf)).First(judgement => judgement is { Grows: true })!;
        double rate = judgement.Shape == GrowthShape.GrowingWithTime ? judgement.PerSecond : judgement.PerOperation;
        var related = Related(root, judgement).ToImmutableArray();
        ExplainedTrace? trace = Explain(root, RateText(judgement));
        RetainedSize? retained = RetainedBy(root);
        double bytesGrowth = root.Bytes[^1] - root.Bytes[log.Baseline];
        return new Finding
        {
            Kind = KindOf(root, related),
            Subject = root.SubjectName,
            Signature = trace?.Signature ?? "path:" + root.Subject.Id.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
            PerOperation = judgement.Shape == GrowthShape.Growing ? new Amount(Round(rate), Per(bytesGrowth, log.OperationsSinceBaseline)) : null,
            PerSecond = judgement.Shape == GrowthShape.GrowingWithTime ? new Amount(Round(rate), Per(bytesGrowth, log.TimeSinceBaseline.TotalSeconds)) : null,
            Retained = new Amount(root.Subject.Counts[^1], retained?.Bytes ?? root.Bytes[^1]),
            Readings = ReadingsOf(root),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Source = trace?.Source,
            Confidence = judgement.Reason,
            Holder = trace?.Trace,
            Hint = trace?.Hint,
            Related = related,
        };
    }

    /// <summary>All objects of the subject's type in the last round; the settled reading counts those that are reachable.</summary>
    private Readings ReadingsOf(GrowthRoot root)
    {
        string type = root.Subject.Path.Type;
        double settled = log.Readings[^1].Census.Types.GetValueOrDefault(type).Count;
        return unsettled.TryGetValue(type, out var counts) ? new Readings(counts.Immediate, counts.Natural, settled) : new Readings(null, null, settled);
    }

    /// <summary>A resource that a leaked object stands for makes it a leak of that resource; entries of a collection make it a growth.</summary>
    private static FindingKind KindOf(GrowthRoot root, ImmutableArray<RelatedGrowth> related)
    {
        bool Has(string metric) => related.Any(growth => growth.Metric == metric);
        bool isElement = root.Tops[0].Path.Label.Kind == "ArrayElement" || FrameworkTypes.IsPartOfCollection(root.Tops[0].Path.Type, root.Tops[0].Path.Traits);
        bool isDelegate = (root.Tops[0].Path.Traits & TypeTraits.Delegate) != 0;
        return Has(Metric.Threads) ? FindingKind.ThreadLeak
            : Has(Metric.Descriptors) ? FindingKind.ResourceLeak
            : Has(Metric.Timers) ? FindingKind.TimerLeak
            : Has(Metric.PendingAsync) ? FindingKind.TaskLeak
            : isElement && !isDelegate ? FindingKind.UnboundedGrowth
            : FindingKind.ManagedLeak;
    }

    /// <summary>Counters that grow as the root does, and whose objects are among its members.</summary>
    private IEnumerable<RelatedGrowth> Related(GrowthRoot root, Judgement judgement)
    {
        foreach ((string metric, string[] marks) in (IEnumerable<(string, string[])>)
        [
            (Metric.Threads, ["System.Threading.Thread"]),
            (Metric.Descriptors, ["Microsoft.Win32.SafeHandles.", "System.Net.Sockets.SafeSocketHandle", "System.IO.Strategies.", "System.Net.Sockets.Socket"]),
            (Metric.Timers, ["System.Threading.TimerQueueTimer"]),
            (Metric.PendingAsync, ["AsyncStateMachineBox<"]),
        ])
        {
            if (run.Counters.GetValueOrDefault(metric) is { Grows: true } counter
                && root.Members.Any(member => marks.Any(mark => member.Path.Type.Contains(mark, StringComparison.Ordinal)) && IsSame(SinceBaseline(member), counter.TotalGrowth)))
            {
                explained.Add(metric);
                yield return new RelatedGrowth(metric, Round(judgement.Shape == GrowthShape.GrowingWithTime ? counter.PerSecond : counter.PerOperation));
            }
        }
    }

    /// <summary>Growth over the rounds that counters are judged by: a large warm-up round is in neither.</summary>
    private double SinceBaseline(PathSeries series) => series.Counts[^1] - series.Counts[log.Baseline];

    private static bool IsSame(double left, double right) => right > 0 && Math.Abs(left - right) <= (SameGrowth * right) + 2;

    private IEnumerable<Finding> TypesWithoutPath(ImmutableArray<GrowthRoot> roots)
    {
        var covered = roots.SelectMany(root => root.Members).Select(member => member.Path.Type).ToHashSet(StringComparer.Ordinal);
        TypeSeries? largest = run.Growth.Types
            .Where(type => run.Types.GetValueOrDefault(type.Type) is { Grows: true } && !covered.Contains(type.Type))
            .OrderByDescending(type => FrameworkTypes.IsSubject(type.Type, TypeTraits.None))
            .ThenByDescending(type => type.Bytes[^1] - type.Bytes[log.Baseline])
            .FirstOrDefault();
        if (roots.Length > 0 || largest is null)
        {
            yield break;
        }

        Judgement judgement = run.Types[largest.Type];
        bool byTime = judgement.Shape == GrowthShape.GrowingWithTime;
        double bytes = largest.Bytes[^1] - largest.Bytes[log.Baseline];
        ExplainedTrace? trace = ExplainMostOf(largest.Type, RateText(judgement));
        yield return new Finding
        {
            Kind = FindingKind.UnboundedGrowth,
            Subject = SourceNames.Type(largest.Type),
            Signature = "type:" + largest.Type,
            Holder = trace?.Trace,
            Hint = trace?.Hint,
            Source = trace?.Source,
            PerOperation = byTime ? null : new Amount(Round(judgement.PerOperation), Per(bytes, log.OperationsSinceBaseline)),
            PerSecond = byTime ? new Amount(Round(judgement.PerSecond), Per(bytes, log.TimeSinceBaseline.TotalSeconds)) : null,
            Retained = new Amount(largest.Counts[^1], largest.Bytes[^1]),
            Readings = new Readings(null, null, largest.Counts[^1]),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Confidence = judgement.Reason,
        };
    }

    private IEnumerable<Finding> CounterFindings()
    {
        foreach ((string metric, FindingKind kind, string noun) in (IEnumerable<(string, FindingKind, string)>)
        [
            (Metric.Threads, FindingKind.ThreadLeak, "thread"),
            (Metric.Descriptors, FindingKind.ResourceLeak, "descriptor"),
            (Metric.Timers, FindingKind.TimerLeak, "active timer"),
            (Metric.PendingAsync, FindingKind.TaskLeak, "pending async operation"),
            (Metric.NativeBytes, FindingKind.NativeLeak, "native memory"),
        ])
        {
            if (!explained.Contains(metric) && run.Counters.GetValueOrDefault(metric) is { Grows: true } judgement)
            {
                yield return Counter(metric, kind, noun, judgement);
            }
        }
    }

    private Finding Counter(string metric, FindingKind kind, string noun, Judgement judgement)
    {
        bool byTime = judgement.Shape == GrowthShape.GrowingWithTime;
        double rate = Round(byTime ? judgement.PerSecond : judgement.PerOperation);
        double settled = log.Readings[^1].Metrics[metric];
        bool isBytes = metric == Metric.NativeBytes;
        Amount amount = isBytes ? new Amount(null, rate) : new Amount(rate, null);
        Judgement? part = run.Counters.Values.Where(counter => counter.Metric.StartsWith(metric + ".", StringComparison.Ordinal) && counter.Grows).MaxBy(counter => counter.TotalGrowth);
        string subject = part is null ? noun : $"{noun} ({Escaping.Show(part.Metric[(metric.Length + 1)..])})";
        SettledReading last = log.Readings[^1];
        return new Finding
        {
            Kind = kind,
            Subject = subject,
            Signature = part is null ? "metric:" + metric : "metric:" + part.Metric,
            PerOperation = byTime ? null : amount,
            PerSecond = byTime ? amount : null,
            Retained = isBytes ? new Amount(null, settled) : new Amount(settled, null),
            Readings = new Readings(SettledReading.Of(last.Immediate).TryGetValue(metric, out double immediate) ? immediate : null, null, settled),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Confidence = judgement.Reason,
        };
    }

    /// <summary>What grew and stopped is told of the user's own types only: every runtime fills caches of its own.</summary>
    private IEnumerable<Finding> Bounded(ImmutableArray<GrowthRoot> growing)
    {
        var leaking = growing.SelectMany(root => root.Members).Select(member => member.Id).ToHashSet();
        foreach (GrowthRoot root in GrowthRoots.Find(run.Growth, series => JudgementOf(series) is { Shape: GrowthShape.Bounded } && !leaking.Contains(series.Id)))
        {
            if (!FrameworkTypes.IsSubject(root.Subject.Path.Type, root.Subject.Path.Traits) || (JudgementOf(root.Subject) ?? JudgementOf(root.Tops[0])) is not { } judgement)
            {
                continue;
            }

            ExplainedTrace? trace = Explain(root, judgement.Reason);
            yield return new Finding
            {
                Kind = FindingKind.BoundedRetention,
                Subject = root.SubjectName,
                Signature = trace?.Signature ?? "path:" + root.Subject.Id.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
                Retained = new Amount(root.Subject.Counts[^1], root.Bytes[^1]),
                Readings = new Readings(null, null, root.Subject.Counts[^1]),
                SeenUpToOperations = judgement.SeenUpToOperations,
                Confidence = judgement.Reason,
                Holder = trace?.Trace,
            };
        }
    }

    /// <summary>Descriptors that stay open until a finalizer closes them: there right after the operations, gone after the collections, in every measured round.</summary>
    private IEnumerable<Finding> DelayedDescriptors()
    {
        const int FewestRounds = 3;
        var rounds = log.History.Rounds.Zip(log.Readings)
            .Skip(log.Baseline + 1)
            .Where(entry => entry.First.Operations > 0)
            .Select(entry => (entry.First.Operations, Held: (double)((entry.Second.Immediate.DescriptorCount - entry.Second.Settled.DescriptorCount) ?? 0)))
            .ToArray();
        if (rounds.Length < FewestRounds || run.Counters.GetValueOrDefault(Metric.Descriptors) is { Grows: true }
            || rounds.Count(round => round.Held >= Math.Max(5, round.Operations / 10.0)) < Math.Max(FewestRounds, rounds.Length / 2))
        {
            yield break;
        }

        double held = rounds.Sum(round => round.Held);
        long operations = rounds.Sum(round => round.Operations);
        SettledReading last = log.Readings[^1];
        yield return new Finding
        {
            Kind = FindingKind.DelayedResource,
            Subject = "descriptor",
            Signature = "delayed:" + Metric.Descriptors,
            PerOperation = new Amount(Round(held / operations), null),
            Retained = new Amount(last.Settled.DescriptorCount, null),
            Readings = new Readings(last.Immediate.DescriptorCount, null, last.Settled.DescriptorCount),
            SeenUpToOperations = log.History.Operations.Done,
            Confidence = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{held / operations:0.00} descriptors per operation were open right after the operations and closed after the collections, in {rounds.Count(round => round.Held > 0)} of {rounds.Length} rounds"),
        };
    }

    private ExplainedTrace? Explain(GrowthRoot root, string reason)
    {
        if (heap is null || !heap.Merged.Paths.TryFind(root.Subject.Id, out int path))
        {
            return null;
        }

        NodeIndex node = heap.Merged.RepresentativeOf(path);
        var judge = new Heap.Growth.GrowthJudge(run.Growth, root, reason);
        return node.IsNone ? null : new TraceBuilder(heap.Merged, heap.Code).Build(node, judge.Of);
    }

    /// <summary>The way to most objects of a type whose ways change from round to round, as when a timer and a thread take turns holding the same operation.</summary>
    private ExplainedTrace? ExplainMostOf(string type, string reason)
    {
        if (heap is null)
        {
            return null;
        }

        ImmutableArray<PathNode> paths = heap.Merged.Paths.Nodes;
        int most = Enumerable.Range(0, paths.Length).Where(path => paths[path].Type == type).DefaultIfEmpty(-1).MaxBy(path => path < 0 ? 0 : paths[path].Count);
        NodeIndex node = most < 0 ? NodeIndex.None : heap.Merged.RepresentativeOf(most);
        return node.IsNone ? null : new TraceBuilder(heap.Merged, heap.Code).Build(node, step => step.Id == paths[most].Id
            ? new TraceStatus(LeakingStatus.Yes, reason)
            : new TraceStatus(LeakingStatus.Unknown, "the way here changes from round to round"));
    }

    private RetainedSize? RetainedBy(GrowthRoot root)
    {
        if (heap is null)
        {
            return null;
        }

        var owners = new NodeSet(heap.Merged.Graph.NodeCount);
        foreach (PathSeries top in root.Tops)
        {
            if (heap.Merged.Paths.TryFind(top.Id, out int path))
            {
                foreach (NodeIndex node in heap.Merged.NodesOn(path))
                {
                    owners.Add(node);
                }
            }
        }

        return Reachability.From(heap.Merged.Graph, CancellationToken.None).RetainedBy(owners, CancellationToken.None);
    }

    private static string RateText(Judgement judgement) => judgement.Shape == GrowthShape.GrowingWithTime
        ? FormattableString.Invariant($"+{judgement.PerSecond:0.00} per second, driven or not")
        : FormattableString.Invariant($"+{judgement.PerOperation:0.00} per operation in {judgement.GrowingRounds} of {judgement.RoundsJudged} rounds");

    private static double? Per(double amount, double divisor) => divisor > 0 ? Math.Round(amount / divisor, 1) : null;

    private static double Round(double value) => Math.Round(value, 4);
}
