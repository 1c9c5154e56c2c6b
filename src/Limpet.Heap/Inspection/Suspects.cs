using System.Collections.Immutable;
using Limpet.Heap.Code;
using Limpet.Heap.Dominators;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>Places that hold much, each told once and by what it is: what is known to be a bounded cache or a table of the runtime says so, everything else is not judged.</summary>
internal static class Suspects
{
    private const int ShownTypes = 3;
    private static readonly TraceStatus NotJudged = new(LeakingStatus.Unknown, "one capture tells what it holds, not whether it should");

    public static (ImmutableArray<HeapSuspect> Shown, int Omitted) Of(MergedPaths merged, DominatorTree dominators, ICodeFacts? code, int most)
    {
        List<Accumulation> many = ManyAlike.Find(merged, dominators);
        Accumulation[] all =
        [
            .. many
                .Concat(LargeDominators.Find(merged, dominators).Where(large => !many.Exists(other => Explains(dominators, other, large))))
                .OrderByDescending(place => place.Retained.Bytes)
                .ThenBy(place => place.Subject, StringComparer.Ordinal),
        ];
        TraceBuilder builder = new(merged, code);
        return ([.. all.Take(most).Select(place => Describe(merged, dominators, builder, place))], Math.Max(0, all.Length - most));
    }

    /// <summary>Whether what many objects hold is most of what a large one keeps, and they hang together.</summary>
    private static bool Explains(DominatorTree dominators, Accumulation many, Accumulation large) =>
        !many.Point.IsNone
        && (dominators.Dominates(large.Point, many.Point) || dominators.Dominates(many.Point, large.Point))
        && many.Retained.Bytes * 2 >= large.Retained.Bytes;

    private static HeapSuspect Describe(MergedPaths merged, DominatorTree dominators, TraceBuilder builder, Accumulation place)
    {
        ExplainedTrace trace = builder.Build(place.Example, _ => NotJudged)!;
        PathRoot root = merged.Paths.Nodes[merged.PathOf(place.Example)].Root;
        TraceStatus status = root.Kind == RootKind.RuntimeTable
            ? new TraceStatus(LeakingStatus.No, "a table in which the runtime keeps literals and statics")
            : trace.Trace.Path.Where(element => element.Leaking == LeakingStatus.No).Select(element => new TraceStatus(LeakingStatus.No, element.Reason)).FirstOrDefault(NotJudged);
        return new HeapSuspect
        {
            Kind = place.Kind,
            Subject = place.Subject,
            Count = place.Count,
            Mostly = place.Kind == SuspectKind.LargeDominator ? MostlyIn(dominators, place.Point) : [],
            Retained = new ByteSize(place.Retained.Bytes),
            Share = (double)place.Retained.Bytes / dominators.ReachedBytes,
            Container = place.Container.Name,
            ContainerType = place.Container.Type,
            PointType = place.Point.IsNone ? null : TypeWords.Of(merged.Graph.TypeOf(place.Point)),
            PointAddress = place.Point.IsNone ? null : merged.Graph.Addresses.AddressOf(place.Point),
            Leaking = status.Leaking,
            Reason = status.Reason,
            Holder = trace.Trace,
            Signature = trace.Signature,
            Hint = status.Leaking == LeakingStatus.No ? null : trace.Hint,
            Source = trace.Source,
        };
    }

    /// <summary>The types that take most of what an object keeps, itself left out.</summary>
    private static ImmutableArray<NamedTally> MostlyIn(DominatorTree dominators, NodeIndex point)
    {
        HeapGraph graph = dominators.Graph;
        Dictionary<int, (long Count, long Bytes)> byType = [];
        int position = dominators.PositionOf(point);
        foreach (int node in dominators.Order[(position + 1)..dominators.EndOf(position)])
        {
            int type = graph.TypeIndexOf(new NodeIndex(node)).Value;
            var (count, bytes) = byType.GetValueOrDefault(type);
            byType[type] = (count + 1, bytes + graph.SizeOf(new NodeIndex(node)));
        }

        return
        [
            .. byType
                .OrderByDescending(entry => entry.Value.Bytes)
                .ThenBy(entry => graph.Types[entry.Key].Name, StringComparer.Ordinal)
                .Take(ShownTypes)
                .Select(entry => new NamedTally(SourceNames.Type(graph.Types[entry.Key].Name), entry.Value.Count)),
        ];
    }
}
