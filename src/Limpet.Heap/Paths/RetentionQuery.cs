using System.Collections.Immutable;
using System.Globalization;
using Limpet.Heap.Code;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Heap.Paths;

/// <summary>
/// Answers why objects are still there. One search finds the ways of all objects; each shape that is shown costs a pass over the references for its
/// exact retained size. 13 bytes a node beside the graph while it is open.
/// </summary>
public sealed class RetentionQuery : IDisposable
{
    private static readonly TraceStatus NotJudged = new(LeakingStatus.Unknown, "one capture tells what holds it, not whether it should");
    /// <summary>Shapes beyond this number are not compared with each other.</summary>
    private const int MostMergedShapes = 10_000;

    private readonly HeapGraph graph;
    private readonly ShortestPathTree tree;
    private readonly MergedPaths merged;
    private readonly ICodeFacts? code;

    private RetentionQuery(HeapGraph graph, ShortestPathTree tree, MergedPaths merged, ICodeFacts? code)
    {
        this.code = code;
        this.graph = graph;
        this.tree = tree;
        this.merged = merged;
    }

    /// <summary>Searches a graph, which stays the caller's.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static RetentionQuery Open(HeapGraph graph, CancellationToken cancellation) => Open(graph, code: null, cancellation);

    /// <summary>Searches a graph, which stays the caller's.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="code">The target's code, which stays the caller's; null where it is not at hand.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static RetentionQuery Open(HeapGraph graph, ICodeFacts? code, CancellationToken cancellation) => Open(graph, code, new PathLimits(), cancellation);

    /// <summary>Searches a graph without what is left out.</summary>
    /// <param name="graph">The graph, which stays the caller's.</param>
    /// <param name="code">The target's code, which stays the caller's; null where it is not at hand.</param>
    /// <param name="limits">What is left out.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static RetentionQuery Open(HeapGraph graph, ICodeFacts? code, PathLimits limits, CancellationToken cancellation)
    {
        ShortestPathTree tree = ShortestPathTree.Build(graph, limits, cancellation);
        try
        {
            return new RetentionQuery(graph, tree, MergedPaths.Of(tree, cancellation), code);
        }
        catch
        {
            tree.Dispose();
            throw;
        }
    }

    /// <summary>Answers for a type by its whole name or the end of it, or for the object at an address written as <c>0x7f…</c>.</summary>
    /// <param name="text">Type or address.</param>
    /// <param name="mostShapes">Shapes to show.</param>
    /// <param name="cancellation">Cancels the searches.</param>
    /// <exception cref="LimpetException">No type or object is meant, or several types are.</exception>
    /// <exception cref="OperationCanceledException">A search was cancelled.</exception>
    public RetentionAnswer Ask(string text, int mostShapes, CancellationToken cancellation) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? AskObject(text, cancellation) : AskType(text, mostShapes, cancellation);

    /// <summary>Answers for some objects of one kind.</summary>
    /// <param name="nodes">The objects, at least one; the first names the type.</param>
    /// <param name="mostShapes">Shapes to show.</param>
    /// <param name="judge">Says of a path whether its objects should be there; its second argument is the path of the object that a trace is about.</param>
    /// <param name="cancellation">Cancels the searches.</param>
    /// <exception cref="OperationCanceledException">A search was cancelled.</exception>
    public RetentionAnswer Ask(IReadOnlyList<NodeIndex> nodes, int mostShapes, Func<PathNode, PathNode, TraceStatus> judge, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        return Answer(graph.TypeOf(nodes[0]).Name, nodes, mostShapes, cancellation, judge);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        merged.Dispose();
        tree.Dispose();
    }

    private RetainedSize RetainedBy(NodeSet owners, CancellationToken cancellation) => tree.PassesOver
        ? Reachability.From(graph, cancellation).RetainedBy(owners, cancellation)
        : GroupRetention.Of(tree, owners, cancellation);

    private RetentionAnswer AskObject(string text, CancellationToken cancellation)
    {
        if (!ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address))
        {
            throw new LimpetException($"'{text}' is no address. Write it in hexadecimal, such as 0x7f12a4001020.");
        }

        if (!graph.Addresses.TryFindAtOrBefore(address, out NodeIndex node)
            || address >= graph.Addresses.AddressOf(node) + (ulong)graph.SizeOf(node))
        {
            throw new LimpetException($"No object is at {text}. Objects move: take the address from the same capture.");
        }

        return Answer(graph.TypeOf(node).Name, [node], 1, cancellation) with { Address = graph.Addresses.AddressOf(node) };
    }

    private RetentionAnswer AskType(string text, int mostShapes, CancellationToken cancellation)
    {
        bool[] present = new bool[graph.Types.Length];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            present[graph.TypeIndexOf(new NodeIndex(node)).Value] = true;
        }

        ImmutableArray<string> names = [.. graph.Types.Where((_, type) => present[type]).Select(type => type.Name).Distinct()];
        string name = TypeMatch.Find(names, text) ?? throw TypeMatch.NotFound(names, text);
        bool[] meant = [.. graph.Types.Select(type => type.Name == name)];
        List<NodeIndex> nodes = [];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (meant[graph.TypeIndexOf(new NodeIndex(node)).Value])
            {
                nodes.Add(new NodeIndex(node));
            }
        }

        return Answer(name, nodes, mostShapes, cancellation);
    }

    private RetentionAnswer Answer(
        string type, IReadOnlyList<NodeIndex> nodes, int mostShapes, CancellationToken cancellation, Func<PathNode, PathNode, TraceStatus>? judge = null)
    {
        NodeSet wanted = NodeSet.Of(graph, nodes);
        Dictionary<int, List<NodeIndex>> byPath = [];
        long rooted = 0;
        foreach (int value in tree.Order)
        {
            NodeIndex node = new(value);
            if (wanted.Contains(node))
            {
                int path = merged.PathOf(node);
                if (!byPath.TryGetValue(path, out List<NodeIndex>? group))
                {
                    byPath.Add(path, group = []);
                }

                group.Add(node);
                rooted++;
            }
        }

        RetentionShape[] shapes = [.. Shapes(byPath, judge)];
        return new RetentionAnswer
        {
            Type = SourceNames.Type(type),
            Count = nodes.Count,
            RootedCount = rooted,
            Garbage =
            [
                .. nodes.Where(node => !tree.IsReached(node))
                    .GroupBy(node => graph.Addresses.SegmentOf(node).Generation)
                    .OrderBy(group => group.Key)
                    .Select(group => (group.Key, group.LongCount())),
            ],
            Weak = WeakHolds.Of(tree, nodes),
            OmittedShapes = Math.Max(0, shapes.Length - mostShapes),
            Traces =
            [
                .. shapes.Take(mostShapes).Select(shape => new RetentionGroup(
                    shape.Nodes.Count,
                    RetainedBy(NodeSet.Of(graph, shape.Nodes), cancellation),
                    shape.Trace)),
            ],
        };
    }

    /// <summary>
    /// The ways of the objects, merged by what a reader sees of them: a way through another part of the same holder is no other way.
    /// Those that tell the most come first, then the shortest, then those of most objects.
    /// </summary>
    private IEnumerable<RetentionShape> Shapes(Dictionary<int, List<NodeIndex>> byPath, Func<PathNode, PathNode, TraceStatus>? judge)
    {
        var ordered = byPath
            .OrderBy(group => InformationRank.Of(merged.Paths.Nodes[group.Key].Root))
            .ThenBy(group => merged.Paths.Nodes[group.Key].Depth)
            .ThenByDescending(group => group.Value.Count)
            .ThenBy(group => merged.Paths.RawPathOf(group.Key), StringComparer.Ordinal);
        TraceBuilder builder = new(merged, code);
        List<RetentionShape> shapes = [];
        Dictionary<string, RetentionShape> bySignature = [];
        foreach (var (place, group) in ordered)
        {
            PathNode subject = merged.Paths.Nodes[place];
            ExplainedTrace trace = builder.Build(group[0], path => judge?.Invoke(path, subject) ?? NotJudged)!;
            if (shapes.Count < MostMergedShapes && bySignature.TryGetValue(trace.Signature, out RetentionShape? shape))
            {
                shape.Nodes.AddRange(group);
                continue;
            }

            shapes.Add(bySignature[trace.Signature] = new RetentionShape(trace, [.. group]));
        }

        return shapes
            .OrderBy(shape => InformationRank.Of(merged.Paths.Nodes[merged.PathOf(shape.Nodes[0])].Root))
            .ThenBy(shape => shape.Trace.Trace.Path.Length)
            .ThenByDescending(shape => shape.Nodes.Count);
    }
}
