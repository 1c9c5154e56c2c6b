using System.Collections.Immutable;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>Makes findings of judged counters: what grows, without a word of what holds it.</summary>
internal static class CheckFindings
{
    /// <summary>One finding for each metric that grows with the operations or stopped growing.</summary>
    public static ImmutableArray<Finding> Of(ImmutableArray<Judgement> judgements, CheckLog log) =>
        [.. Results.Verdicts.InOrder(judgements.Where(IsFinding).Select(judgement => Of(judgement, log)))];

    private static bool IsFinding(Judgement judgement) => judgement.Shape == GrowthShape.Growing
        || (judgement.Shape == GrowthShape.Bounded && judgement.Metric is (CheckMetric.Timers or CheckMetric.Threads or CheckMetric.Descriptors));

    private static Finding Of(Judgement judgement, CheckLog log)
    {
        bool isBytes = judgement.Metric is CheckMetric.ManagedBytes or CheckMetric.NativeBytes;
        (FindingKind kind, string subject) = judgement.Metric switch
        {
            CheckMetric.Timers => (FindingKind.TimerLeak, "active timers"),
            CheckMetric.Threads => (FindingKind.ThreadLeak, "threads"),
            CheckMetric.Descriptors => (FindingKind.ResourceLeak, "descriptors"),
            CheckMetric.NativeBytes => (FindingKind.NativeLeak, "native memory"),
            _ => (FindingKind.UnboundedGrowth, "managed memory"),
        };
        return new Finding
        {
            Kind = judgement.Shape == GrowthShape.Bounded ? FindingKind.BoundedRetention : kind,
            Subject = subject,
            Signature = "check:" + judgement.Metric,
            PerOperation = isBytes ? new Amount(null, judgement.PerOperation) : new Amount(judgement.PerOperation, null),
            Retained = isBytes ? new Amount(null, judgement.TotalGrowth) : new Amount(judgement.TotalGrowth, null),
            Readings = new Readings(null, null, log.LastOf(judgement.Metric)),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Confidence = judgement.Reason,
        };
    }
}
