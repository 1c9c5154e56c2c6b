using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Heap.Paths;

/// <summary>
/// Makes a retention trace of one object's shortest way. Repetition is taken out the way <see cref="PathTree"/> takes it out: a way
/// that comes back to a path node goes on from there, so that the five-millionth node of a linked list has a trace of three
/// lines. O(length of the way).
/// </summary>
public sealed class TraceBuilder
{
    private readonly MergedPaths merged;

    /// <summary>Creates a builder over merged paths.</summary>
    public TraceBuilder(MergedPaths merged) => this.merged = merged;

    /// <summary>Builds the trace of <paramref name="node"/>; null when no root reaches it.</summary>
    /// <param name="node">The object.</param>
    /// <param name="judge">Says of each path node whether its objects should be there.</param>
    public ExplainedTrace? Build(NodeIndex node, Func<PathNode, TraceStatus> judge)
    {
        if (!merged.Tree.IsReached(node))
        {
            return null;
        }

        TracePath path = PathTo(node);
        TraceStatus[] statuses = [.. path.Nodes.Select(step => judge(merged.Paths.Nodes[merged.PathOf(step)]))];
        var (firstSuspect, suspectEnd) = Suspects(statuses);
        RetentionTrace trace = new(
            new TraceRoot(path.Root.Kind.ToString(), path.Root.Name),
            [.. path.Nodes.Select((_, position) => Element(path, position, statuses[position], position >= firstSuspect && position < suspectEnd))]);
        var hint = SubscriptionHint.For(path, firstSuspect);
        return new ExplainedTrace(trace, TraceSignature.Of(trace), hint?.Text, hint?.Source);
    }

    private static TraceElement Element(TracePath path, int position, TraceStatus status, bool suspect)
    {
        string type = SourceNames.Type(path.TypeAt(position).Name);
        if (position == path.Nodes.Length - 1)
        {
            return new TraceElement(type, null, null, status.Leaking, status.Reason);
        }

        EdgeLabel label = path.LabelAt(position);
        return new TraceElement(type, SourceNames.Field(label.Member), label.Kind, status.Leaking, status.Reason)
        {
            Meaning = HolderMeanings.Describe(path, position),
            Suspect = suspect,
        };
    }

    /// <summary>The steps that leave the last object that should be there, up to the first that should not.</summary>
    private static (int First, int End) Suspects(TraceStatus[] statuses)
    {
        int end = Array.FindIndex(statuses, status => status.Leaking == LeakingStatus.Yes);
        return end < 0 ? (0, 0) : (Math.Max(0, Array.FindLastIndex(statuses, end, status => status.Leaking == LeakingStatus.No)), end);
    }

    private TracePath PathTo(NodeIndex node)
    {
        ImmutableArray<NodeIndex> way = merged.Tree.PathTo(node);
        List<NodeIndex> kept = [];
        Dictionary<int, int> placeOf = [];
        foreach (NodeIndex step in way)
        {
            int path = merged.PathOf(step);
            if (placeOf.TryGetValue(path, out int place))
            {
                foreach (NodeIndex dropped in kept.Skip(place))
                {
                    placeOf.Remove(merged.PathOf(dropped));
                }

                kept.RemoveRange(place, kept.Count - place);
            }

            placeOf[path] = kept.Count;
            kept.Add(step);
        }

        GcRoot root = merged.Graph.Roots[merged.Tree.RootIndexOf(way[0])];
        return new TracePath(merged.Graph, root, [.. kept], [.. kept.Skip(1).Select(merged.Tree.SlotOf)]);
    }
}
