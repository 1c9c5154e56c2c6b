using System.Collections.Immutable;
using Limpet.Heap.Code;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Heap.Paths;

/// <summary>
/// Makes a retention trace of one object's shortest way. Objects of one type in a row are one element, and in a long way repetition is
/// taken out the way <see cref="PathTree"/> takes it out: a way that comes back to a path node goes on from there, so that the
/// five-millionth node of a linked list has a trace of three lines. The signature is always that of the way without repetition.
/// O(length of the way).
/// </summary>
public sealed class TraceBuilder
{
    /// <summary>Ways of so many elements are shown as they are: what repeats in them may be two holders of one kind, each with something to say.</summary>
    private const int ShortWay = 48;

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

    /// <summary>Whether the traces are about what lies in their last objects: a hint then says to take that out.</summary>
    public bool OfContents { get; init; }

    /// <summary>Builds the trace of <paramref name="node"/>; null when no root reaches it.</summary>
    /// <param name="node">The object.</param>
    /// <param name="judge">Says of each path node whether its objects should be there.</param>
    public ExplainedTrace? Build(NodeIndex node, Func<PathNode, TraceStatus> judge)
    {
        if (!merged.Tree.IsReached(node))
        {
            return null;
        }

        ImmutableArray<NodeIndex> way = merged.Tree.PathTo(node);
        var (shortest, shortestRows) = Collapse(way, [.. way.Select(merged.PathOf)]);
        var (path, rows) = Collapse(way, RunsOf(way));
        if (path.Nodes.Length > ShortWay)
        {
            (path, rows) = (shortest, shortestRows);
        }

        var (steps, firstSuspect, suspectEnd) = Describe(path, rows, judge);
        var stable = path.Nodes.Length == shortest.Nodes.Length ? steps : Describe(shortest, shortestRows, judge).Steps;
        RetentionTrace trace = new(
            new TraceRoot(path.Root.Kind.ToString(), path.Root.Name) { Source = LineOf(path.Root.Method), Threads = ThreadWords.Of(merged.Graph, path.Root) },
            [.. steps.Select(step => step.Element)]);
        string signature = TraceSignature.Of(trace.Root, stable);
        return CodeHint.For(path, firstSuspect, suspectEnd, code) is { } hint
            ? new ExplainedTrace(trace, signature, hint.Text, hint.Source)
            : new ExplainedTrace(trace, signature, KnownHint(path, firstSuspect), SourceWithin(path, firstSuspect, path.Nodes.Length));
    }

    /// <summary>
    /// What is known to help where the way goes through, nearest to the object; what lies before the last object that should be there is no cause, unless it
    /// is the owner of the collection that this object is a part of.
    /// </summary>
    private static string? KnownHint(TracePath path, int firstSuspect)
    {
        int first = firstSuspect;
        while (first > 0 && FrameworkTypes.IsPartOfCollection(path.TypeAt(first).Name, path.TypeAt(first).Traits))
        {
            first--;
        }

        for (int position = path.Nodes.Length - 1; position >= first; position--)
        {
            if (KnownFacts.About(path, position)?.Hint is { } hint)
            {
                return hint;
            }
        }

        return null;
    }

    /// <summary>Adds what is known of the holder or its parts, or what it was told to hold at most: a cache that is bounded should be there where the rounds do not say otherwise.</summary>
    private static TraceStatus WithFacts(TracePath path, int position, int next, TraceStatus status)
    {
        for (int part = position; part < next; part++)
        {
            if (KnownFacts.About(path, part) is { } fact)
            {
                return status.Leaking == LeakingStatus.Unknown && fact.Kind == KnownFactKind.BoundedCache
                    ? new TraceStatus(LeakingStatus.No, fact.Says)
                    : status with { Reason = $"{status.Reason}; {fact.Says}" };
            }

            if ((StatedLimits.Describe(path.Graph, path.Nodes[part]) ?? StatedExpiries.Describe(path.Graph, path.Nodes[part])) is { } limit)
            {
                return status with { Reason = $"{status.Reason}; {limit}" };
            }
        }

        return status;
    }

    private (List<(TraceElement Element, string? Member)> Steps, int FirstSuspect, int SuspectEnd) Describe(TracePath path, ImmutableArray<TraceRow> rows, Func<PathNode, TraceStatus> judge)
    {
        TraceStatus[] statuses = [.. path.Nodes.Select(step => judge(merged.Paths.Nodes[merged.PathOf(step)]))];
        var (firstSuspect, suspectEnd) = Suspects(statuses);
        List<(TraceElement Element, string? Member)> steps = [];
        for (int position = 0; position < path.Nodes.Length - 1;)
        {
            Holding holding = HolderMeanings.Read(path, position);
            int next = position + holding.Steps;
            TraceElement element = Element(path, position, WithFacts(path, position, next, statuses[position]), rows[position], holding.Words) with
            {
                Suspect = position < suspectEnd && next > firstSuspect,
                Source = SourceWithin(path, position, next),
            };
            steps.Add((element, holding.Steps == 1 ? element.Member : null));
            position = next;
        }

        steps.Add((Last(path, statuses[^1], rows[^1]), null));
        return (steps, firstSuspect, suspectEnd);
    }

    private static TraceElement Element(TracePath path, int position, TraceStatus status, TraceRow row, string? meaning)
    {
        EdgeLabel label = path.LabelAt(position);
        return new TraceElement(TypeWords.Of(path.TypeAt(position)), SourceNames.Field(label.Member), label.Kind, status.Leaking, status.Reason)
        {
            Detail = Detail(path, position, row),
            Meaning = meaning,
            FullType = FullType(path.TypeAt(position)),
        };
    }

    /// <summary>The whole name of a type whose name is shortened.</summary>
    private static string? FullType(HeapType type) =>
        TypeWords.Of(type).Contains('…', StringComparison.Ordinal) && !type.Name.Contains('…', StringComparison.Ordinal) ? type.Name : null;

    /// <summary>The first line that is known of an object and the parts behind it.</summary>
    private SourceLine? SourceWithin(TracePath path, int position, int end) =>
        Enumerable.Range(position, end - position).Select(part => SourceOf(path, part)).FirstOrDefault(line => line is not null);

    /// <summary>Where the method stands that a delegate calls, or the async method that a state machine is.</summary>
    private SourceLine? SourceOf(TracePath path, int position) =>
        path.TypeAt(position).IsDelegate ? LineOf(path.CalledBy(position))
        : position > 0 && SourceNames.AsyncMethodOf(path.TypeAt(position - 1).Name) is not null ? null // the machine in its box: told there
        : SourceNames.StateMachineOf(path.TypeAt(position).Name) is { } machine ? LineOf(new MethodName(machine, "MoveNext"))
        : null;

    private SourceLine? LineOf(MethodName? method) => method is null ? null : method.Source ?? code?.LineOf(method);

    /// <summary>The object that the trace is about: it has its own name even where its holder's words would cover it.</summary>
    private TraceElement Last(TracePath path, TraceStatus status, TraceRow row)
    {
        int position = path.Nodes.Length - 1;
        return new TraceElement(TypeWords.Of(path.TypeAt(position)), null, null, status.Leaking, status.Reason)
        {
            Detail = Detail(path, position, row),
            Source = SourceOf(path, position),
            FullType = FullType(path.TypeAt(position)),
        };
    }

    private static string? Detail(TracePath path, int position, TraceRow row)
    {
        string? awaited = AwaitedWork.Of(path.Graph, path.Nodes[position]);
        return row.Words is not { } words ? awaited : awaited is null ? words : $"{awaited} {words}";
    }

    /// <summary>The steps that leave the last object that should be there, up to the first that should not.</summary>
    private static (int First, int End) Suspects(TraceStatus[] statuses)
    {
        int end = Array.FindIndex(statuses, status => status.Leaking == LeakingStatus.Yes);
        return end < 0 ? (0, 0) : (Math.Max(0, Array.FindLastIndex(statuses, end, status => status.Leaking == LeakingStatus.No)), end);
    }

    /// <summary>A number for each stretch of objects of one type.</summary>
    private int[] RunsOf(ImmutableArray<NodeIndex> way)
    {
        int[] runs = new int[way.Length];
        for (int step = 0; step < way.Length; step++)
        {
            bool goesOn = step > 0 && merged.Graph.TypeIndexOf(way[step]) == merged.Graph.TypeIndexOf(way[step - 1]);
            runs[step] = goesOn ? runs[step - 1] : step;
        }

        return runs;
    }

    /// <summary>The way without what lies between two objects of one place, and for each object that is left the row of its place that it ends.</summary>
    private (TracePath Path, ImmutableArray<TraceRow> Rows) Collapse(ImmutableArray<NodeIndex> way, int[] placeOf)
    {
        List<(NodeIndex Node, int Place)> kept = [];
        List<EdgeLabel> labels = [];
        List<TraceRow> rows = [];
        Dictionary<int, int> indexOf = [];
        for (int step = 0; step < way.Length; step++)
        {
            int place = placeOf[step];
            if (indexOf.TryGetValue(place, out int index))
            {
                for (int dropped = kept.Count - 1; dropped > index; dropped--)
                {
                    indexOf.Remove(kept[dropped].Place);
                }

                bool direct = index == kept.Count - 1;

                // How the first of them was reached stays: the one that stands for them is held by its like.
                kept.RemoveRange(index + 1, kept.Count - index - 1);
                labels.RemoveRange(index, labels.Count - index);
                rows.RemoveRange(index + 1, rows.Count - index - 1);
                rows[index] = rows[index].With(direct ? merged.Graph.LabelOf(way[step - 1], merged.Tree.SlotOf(way[step])).Member : null);
                kept[index] = (way[step], place);
                continue;
            }

            if (step > 0)
            {
                labels.Add(merged.Graph.LabelOf(way[step - 1], merged.Tree.SlotOf(way[step])));
            }

            indexOf[place] = kept.Count;
            kept.Add((way[step], place));
            rows.Add(default);
        }

        GcRoot root = merged.Graph.Roots[merged.Tree.RootIndexOf(way[0])];
        return (new TracePath(merged.Graph, root, [.. kept.Select(step => step.Node)], [.. labels]) { IsOfContents = OfContents }, [.. rows]);
    }
}
