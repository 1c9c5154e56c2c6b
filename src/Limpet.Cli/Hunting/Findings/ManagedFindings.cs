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
    private const double MostElsewhere = 2;
    private readonly LeakTraces traces = new(evidence);
    private readonly LeakSubjects subjects = new(evidence, words);

    public Finding Of(GrowthGroup group, int place)
    {
        Judgement? ofType = OfWholeType(group);
        Judgement judgement = ofType ?? evidence.JudgementOf(group.Lead);
        double Share(string metric) => claims.ShareOf(place, metric);
        FindingKind kind = LeakKinds.Of(group, Share);
        string subject = subjects.Of(group, kind, Share);
        ExplainedTrace? trace = traces.Of(group.Lead, new TraceStatus(LeakingStatus.Yes, Rates.Text(judgement)));
        double bytes = group.BytesGrowthFrom(evidence.From);
        double rate = kind == FindingKind.ThreadLeak ? evidence.Rate(Share(Metric.Threads), judgement) : Math.Round(Rates.Of(judgement) * (ofType is null ? group.TimesLead : 1), 4);
        return new Finding
        {
            Kind = kind,
            Subject = subject,
            Signature = LeakTraces.Signature(trace, group.Lead),
            Retained = new Amount(ofType is null ? group.Retained : evidence.Last.Census.Types.GetValueOrDefault(group.Lead.Subject.Path.Type).Count, traces.RetainedBy(group.Roots)?.Bytes ?? group.Roots.Sum(root => root.Bytes[^1])),
            Course = Courses.Of(ofType is null ? group.CountsByRound : evidence.Run.Growth.Types.First(type => type.Type == group.Lead.Subject.Path.Type).Counts),
            Readings = ReadingsOf(group.Lead),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Source = trace?.Source,
            Confidence = judgement.Reason,
            Holder = trace?.Trace,
            Hint = trace?.Hint,
            Stacks = kind == FindingKind.ThreadLeak && words.StartOf(group, Share(Metric.Threads)) is { } start ? [.. start.Stacks.Take(MostStacks)] : [],
            Related = [.. new RelatedFigures(evidence, words, subjects).Of(group, judgement, subject, Share)],
        }.WithRate(judgement, new Amount(rate, evidence.Rate(bytes, judgement)));
    }

    /// <summary>
    /// Objects of one type that are spread over several ways, as over the two ends of a list or the tables of the runtime, are counted by their type. Null
    /// where the lead's own way has them all, and where the type has more than twice as many elsewhere.
    /// </summary>
    private Judgement? OfWholeType(GrowthGroup group)
    {
        bool isSpread = !group.OtherEnds.IsEmpty || (!group.Lead.Container.IsUsers && group.Threads == 0);
        return isSpread
            && evidence.Run.Types.GetValueOrDefault(group.Lead.Subject.Path.Type) is { Grows: true } type
            && evidence.JudgementOf(group.Lead) is var own
            && type.Shape == own.Shape
            && type.TotalGrowth <= MostElsewhere * own.TotalGrowth * group.TimesLead
            ? type
            : null;
    }

    /// <summary>All objects of the subject's type in the last round; the settled reading counts those that are reachable.</summary>
    private Readings ReadingsOf(GrowthRoot root)
    {
        string type = root.Subject.Path.Type;
        double settled = evidence.Last.Census.Types.GetValueOrDefault(type).Count;
        return evidence.Unsettled.TryGetValue(type, out var counts) ? new Readings(counts.Immediate, counts.Natural, settled) : new Readings(null, null, settled);
    }
}
