using System.Collections.Immutable;
using System.Globalization;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Retention traces of what was found, from the last capture.</summary>
internal sealed class LeakTraces(HuntEvidence evidence)
{
    /// <summary>Share of a type's objects on one way from which on the way is theirs.</summary>
    private const double Most = 0.8;

    private Reachability? reachable;

    /// <summary>The trace of one object of a growth root's subject; null when the last capture has none.</summary>
    public ExplainedTrace? Of(GrowthRoot root, TraceStatus status)
    {
        if (evidence.Heap is not { } heap || !heap.Merged.Paths.TryFind(root.Subject.Id, out int path))
        {
            return null;
        }

        NodeIndex node = heap.Merged.RepresentativeOf(path);
        var judge = new GrowthJudge(evidence.Run.Growth, root, status);
        return node.IsNone ? null : new TraceBuilder(heap.Merged, heap.Code).Build(node, judge.Of);
    }

    /// <summary>
    /// The way to most of the objects that came, for a type whose ways change from round to round, as when a timer and a thread take turns holding the same operation. What another place
    /// has held all the while does not count, however much that is.
    /// </summary>
    public ExplainedTrace? OfMost(string type, string reason)
    {
        if (evidence.Heap is not { } heap)
        {
            return null;
        }

        ImmutableArray<PathNode> paths = heap.Merged.Paths.Nodes;
        int most = Enumerable.Range(0, paths.Length).Where(path => paths[path].Type == type).DefaultIfEmpty(-1).MaxBy(path => path < 0 ? default : (CameTo(paths[path]), paths[path].Count));
        NodeIndex node = most < 0 ? NodeIndex.None : heap.Merged.RepresentativeOf(most);
        return node.IsNone ? null : new TraceBuilder(heap.Merged, heap.Code).Build(node, step => step.Id == paths[most].Id
            ? new TraceStatus(LeakingStatus.Yes, reason)
            : OfType(step));
    }

    /// <summary>Whether the objects at a step of a way that changes should be there: as often as the type has objects on this way, what is true of the type is true of them.</summary>
    private TraceStatus OfType(PathNode step)
    {
        PathGrowth growth = evidence.Run.Growth;
        double all = evidence.Last.Census.Types.GetValueOrDefault(step.Type).Count;
        bool isSame = growth.Types.FirstOrDefault(type => type.Type == step.Type) is not { } changed || changed.Counts.Distinct().Count() == 1;
        if (isSame && step.Count == all)
        {
            return new TraceStatus(LeakingStatus.No, step.Count == 1 ? "1 object in every round" : $"{step.Count} objects in every round");
        }

        return step.Count >= Most * all && evidence.Run.Types.GetValueOrDefault(step.Type) is { Grows: true } judgement
            ? new TraceStatus(LeakingStatus.Yes, Rates.Text(judgement))
            : new TraceStatus(LeakingStatus.Unknown, "the way here changes from round to round");
    }

    private double CameTo(PathNode path) => evidence.Run.Growth.Find(path.Id) is { } series ? series.Counts[^1] - series.Counts[evidence.From] : 0;

    /// <summary>The way to a place whose objects get larger inside: to the largest array of a collection, so that the collection is a step of it.</summary>
    public ExplainedTrace? OfContent(ContentSeries content, TraceStatus status)
    {
        if (evidence.Heap is not { } heap || !heap.Merged.Paths.TryFind(content.Id, out int path))
        {
            return null;
        }

        ImmutableArray<PathNode> nodes = heap.Merged.Paths.Nodes;
        int inner = ArrayOf(heap.Merged.Paths, path);
        NodeIndex node = heap.Merged.RepresentativeOf(inner);
        return node.IsNone ? null : new TraceBuilder(heap.Merged, heap.Code) { OfContents = true }.Build(node, step => step.Id == nodes[inner].Id ? status
            : step.Id == content.Id && content is { IsInPieces: true, HoldersStay: true } ? new TraceStatus(LeakingStatus.No, "the same one in every round")
            : GrowthJudge.OfOthers(evidence.Run.Growth, step));
    }

    /// <summary>Whether a collection is seen to hold numbers or structs without references, in its largest array.</summary>
    public bool HoldsNumbers(ContentSeries content) =>
        evidence.Heap is { } heap && heap.Merged.Paths.TryFind(content.Id, out int path)
        && ArrayOf(heap.Merged.Paths, path) is var array && array != path && (heap.Merged.Paths.Nodes[array].Traits & TypeTraits.NoReferences) != 0;

    /// <summary>The largest array of a collection; the collection where it has none.</summary>
    private static int ArrayOf(PathTree paths, int collection) => Enumerable.Range(0, paths.Nodes.Length)
        .Where(index => (paths.Nodes[index].Traits & TypeTraits.Array) != 0 && paths.IsPartOf(index, whole => whole == collection, ContentSeries.PartSteps))
        .DefaultIfEmpty(collection)
        .MaxBy(index => paths.Nodes[index].Bytes);

    /// <summary>What would go if the tops of some growth roots went; null without a capture.</summary>
    public RetainedSize? RetainedBy(IEnumerable<GrowthRoot> roots)
    {
        if (evidence.Heap is not { } heap)
        {
            return null;
        }

        var paths = new HashSet<int>();
        foreach (PathSeries top in roots.SelectMany(root => root.Tops))
        {
            if (heap.Merged.Paths.TryFind(top.Id, out int path))
            {
                paths.Add(path);
            }
        }

        var owners = new NodeSet(heap.Merged.Graph.NodeCount);
        for (int node = 0; node < heap.Merged.Graph.NodeCount; node++)
        {
            if (paths.Contains(heap.Merged.PathOf(new NodeIndex(node))))
            {
                owners.Add(new NodeIndex(node));
            }
        }

        reachable ??= Reachability.From(heap.Merged.Graph, CancellationToken.None);
        return reachable.RetainedBy(owners, CancellationToken.None);
    }

    /// <summary>The trace's stable id; where there is no trace, that of the path.</summary>
    public static string Signature(ExplainedTrace? trace, GrowthRoot root) =>
        trace?.Signature ?? "path:" + root.Subject.Id.ToString("x16", CultureInfo.InvariantCulture);
}
