using System.Collections.Immutable;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Makes one finding of each leak of objects, with everything that grows with it.</summary>
internal sealed class ManagedFindings(HuntEvidence evidence, LeakClaims claims, ResourceWords words)
{
    private const int MostStacks = 3;
    private readonly LeakTraces traces = new(evidence);
    private readonly LeakSubjects subjects = new(evidence, words);

    public Finding Of(GrowthGroup group, int place)
    {
        Judgement judgement = evidence.JudgementOf(group.Lead);
        double Share(string metric) => claims.ShareOf(place, metric);
        FindingKind kind = LeakKinds.Of(group, Share);
        string subject = subjects.Of(group, kind, Share);
        ExplainedTrace? trace = traces.Of(group.Lead, Rates.Text(judgement));
        double bytes = group.Roots.Sum(root => root.Bytes[^1] - root.Bytes[evidence.From]);
        double rate = kind == FindingKind.ThreadLeak ? evidence.Rate(Share(Metric.Threads), judgement) : Math.Round(Rates.Of(judgement) * group.TimesLead, 4);
        return new Finding
        {
            Kind = kind,
            Subject = subject,
            Signature = LeakTraces.Signature(trace, group.Lead),
            Retained = new Amount(group.Retained, traces.RetainedBy(group.Roots)?.Bytes ?? group.Roots.Sum(root => root.Bytes[^1])),
            Readings = ReadingsOf(group.Lead),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Source = trace?.Source,
            Confidence = judgement.Reason,
            Holder = trace?.Trace,
            Hint = trace?.Hint,
            Stacks = kind == FindingKind.ThreadLeak && words.StartOf(group) is { } start ? [.. start.Stacks.Take(MostStacks)] : [],
            Related = [.. new RelatedFigures(evidence, words, subjects).Of(group, judgement, subject, Share)],
        }.WithRate(judgement, new Amount(rate, evidence.Rate(bytes, judgement)));
    }

    /// <summary>All objects of the subject's type in the last round; the settled reading counts those that are reachable.</summary>
    private Readings ReadingsOf(GrowthRoot root)
    {
        string type = root.Subject.Path.Type;
        double settled = evidence.Last.Census.Types.GetValueOrDefault(type).Count;
        return evidence.Unsettled.TryGetValue(type, out var counts) ? new Readings(counts.Immediate, counts.Natural, settled) : new Readings(null, null, settled);
    }
}
