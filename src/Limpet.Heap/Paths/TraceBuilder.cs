using System.Collections.Immutable;
using Limpet.Heap.Code;
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
    private readonly ICodeFacts? code;

    /// <summary>Creates a builder over merged paths.</summary>
    /// <param name="merged">The paths.</param>
    /// <param name="code">The target's code, for lines and for who subscribes and adds; null where it is not at hand.</param>
    public TraceBuilder(MergedPaths merged, ICodeFacts? code = null)
    {
        this.merged = merged;
        this.code = code;
    }

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
            new TraceRoot(path.Root.Kind.ToString(), path.Root.Name) { Source = LineOf(path.Root.Method) },
            [.. path.Nodes.Select((_, position) => Element(path, position, statuses[position], position >= firstSuspect && position < suspectEnd))]);
        var hint = CodeHint.For(path, firstSuspect, suspectEnd, code);
        SourceLine? captures = hint is null ? trace.Path.Skip(firstSuspect).FirstOrDefault(element => element.Source is not null)?.Source : null;
        return new ExplainedTrace(trace, TraceSignature.Of(trace), hint?.Text, hint is null ? captures : hint.Value.Source);
    }

    private TraceElement Element(TracePath path, int position, TraceStatus status, bool suspect)
    {
        string whole = path.TypeAt(position).Name;
        string type = SourceNames.Type(whole);
        string? full = type.Contains('…', StringComparison.Ordinal) && !whole.Contains('…', StringComparison.Ordinal) ? whole : null;
        if (position == path.Nodes.Length - 1)
        {
            return new TraceElement(type, null, null, status.Leaking, status.Reason) { Source = SourceOf(path, position), FullType = full };
        }

        EdgeLabel label = path.LabelAt(position);
        return new TraceElement(type, SourceNames.Field(label.Member), label.Kind, status.Leaking, status.Reason)
        {
            Meaning = HolderMeanings.Describe(path, position),
            Suspect = suspect,
            Source = SourceOf(path, position),
            FullType = full,
        };
    }

    /// <summary>Where the method stands that a delegate calls, or the async method that a state machine is.</summary>
    private SourceLine? SourceOf(TracePath path, int position) =>
        path.TypeAt(position).IsDelegate ? LineOf(path.CalledBy(position))
        : position > 0 && SourceNames.AsyncMethodOf(path.TypeAt(position - 1).Name) is not null ? null // the machine in its box: told there
        : SourceNames.StateMachineOf(path.TypeAt(position).Name) is { } machine ? LineOf(new MethodName(machine, "MoveNext"))
        : null;

    private SourceLine? LineOf(MethodName? method) => method is null ? null : method.Source ?? code?.LineOf(method);

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
