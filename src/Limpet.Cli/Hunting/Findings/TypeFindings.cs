using System.Collections.Immutable;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Makes a finding of a type that grows and whose ways from the roots change from round to round.</summary>
internal sealed class TypeFindings(HuntEvidence evidence)
{
    /// <summary>Beside other leaks a type is one of its own only when fewer of its objects than this are held by those.</summary>
    private const double HeldByLeaks = 0.5;

    public IEnumerable<Finding> Beside(ImmutableArray<GrowthGroup> groups)
    {
        var covered = groups.SelectMany(group => group.Members).Select(member => member.Path.Type).ToHashSet(StringComparer.Ordinal);
        TypeSeries? largest = evidence.Run.Growth.Types
            .Where(type => evidence.Run.Types.GetValueOrDefault(type.Type) is { Grows: true } && !covered.Contains(type.Type))
            .OrderByDescending(type => FrameworkTypes.IsSubject(type.Type, TypeTraits.None))
            .ThenByDescending(type => type.Bytes[^1] - type.Bytes[evidence.From])
            .FirstOrDefault(type => groups.IsEmpty || (FrameworkTypes.IsSubject(type.Type, TypeTraits.None) && !IsHeldBy(groups, type.Type)));
        if (largest is not null)
        {
            yield return Of(largest);
        }
    }

    private Finding Of(TypeSeries type)
    {
        Judgement judgement = evidence.Run.Types[type.Type];
        ExplainedTrace? trace = new LeakTraces(evidence).OfMost(type.Type, Rates.Text(judgement));
        return new Finding
        {
            Kind = FindingKind.UnboundedGrowth,
            Subject = SourceNames.Type(type.Type),
            Signature = "type:" + SourceNames.Type(type.Type),
            Holder = trace?.Trace,
            Hint = trace?.Hint,
            Source = trace?.Source,
            Retained = new Amount(type.Counts[^1], type.Bytes[^1]),
            Course = Courses.Of(type.Counts),
            Readings = new Readings(null, null, type.Counts[^1]),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Confidence = judgement.Reason,
        }.WithRate(judgement, new Amount(Rates.Of(judgement), evidence.Rate(type.Bytes[^1] - type.Bytes[evidence.From], judgement)));
    }

    /// <summary>Whether most objects of a type are referred to by objects of some leak.</summary>
    private bool IsHeldBy(ImmutableArray<GrowthGroup> groups, string type)
    {
        if (evidence.Heap is not { } heap)
        {
            return true;
        }

        HashSet<int> paths = [];
        foreach (PathSeries member in groups.SelectMany(group => group.Members))
        {
            if (heap.Merged.Paths.TryFind(member.Id, out int path))
            {
                paths.Add(path);
            }
        }

        HeapGraph graph = heap.Merged.Graph;
        HashSet<int> held = [];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (paths.Contains(heap.Merged.PathOf(new NodeIndex(node))))
            {
                foreach (int target in graph.TargetsOf(new NodeIndex(node)))
                {
                    if (graph.TypeOf(new NodeIndex(target)).Name == type)
                    {
                        held.Add(target);
                    }
                }
            }
        }

        return held.Count >= HeldByLeaks * evidence.Last.Census.Types.GetValueOrDefault(type).Count;
    }
}
