using System.Collections.Immutable;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Makes findings of what grew and stopped, or is known to. Told of the user's own types only: every runtime fills caches of its own.</summary>
internal sealed class BoundedFindings(HuntEvidence evidence)
{
    private readonly LeakTraces traces = new(evidence);

    public IEnumerable<Finding> Beside(ImmutableArray<GrowthGroup> growing)
    {
        var leaking = growing.SelectMany(group => group.Members).Select(member => member.Id).ToHashSet();
        ImmutableArray<GrowthRoot> roots = GrowthRoots.Find(
            evidence.Run.Growth,
            series => evidence.Run.Paths.GetValueOrDefault(series.Id) is { Shape: GrowthShape.Bounded } && !leaking.Contains(series.Id));
        foreach (GrowthRoot root in GrowthGroups.Of(roots, evidence.Heap?.Merged).Select(group => group.Lead))
        {
            ulong judged = evidence.Run.Paths.GetValueOrDefault(root.Subject.Id) is { Shape: GrowthShape.Bounded } ? root.Subject.Id : root.Tops[0].Id;
            if (GrowthGroups.IsNamed(root) && evidence.Run.Paths.GetValueOrDefault(judged) is { } judgement)
            {
                yield return Of(root, judgement, evidence.Run.Assumed.ContainsKey(judged) ? "" : RetentionBounds.Describe(root, evidence.Run.Growth, evidence.Log.History.Rounds));
            }
        }
    }

    private Finding Of(GrowthRoot root, Judgement judgement, string bound)
    {
        ExplainedTrace? trace = traces.Of(root, new TraceStatus(LeakingStatus.No, judgement.Reason.TrimEnd('.')));
        return new Finding
        {
            Kind = FindingKind.BoundedRetention,
            Subject = root.SubjectName,
            Signature = LeakTraces.Signature(trace, root),
            Retained = new Amount(root.Subject.Counts[^1], root.Bytes[^1]),
            Course = Courses.Of(root.Subject.Counts),
            Readings = new Readings(null, null, root.Subject.Counts[^1]),
            SeenUpToOperations = judgement.SeenUpToOperations,
            Confidence = bound.Length == 0 ? judgement.Reason : $"{judgement.Reason.TrimEnd('.')}; {bound}.",
            Holder = trace?.Trace,
        };
    }
}
