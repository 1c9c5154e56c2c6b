using Limpet.Heap.Code;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Subjects;

/// <summary>
/// Answers what holds objects that a test says should be gone. Ways through the test library do not count, nor does a local of the test that refers to an
/// object itself: what holds the object beside these is the answer. One search, two where it seems to be only a local.
/// </summary>
public sealed class SubjectQuery
{
    private static readonly TraceStatus Unknown = new(LeakingStatus.Unknown, "one capture tells what holds it, not whether it should");
    private readonly HeapGraph graph;
    private readonly ICodeFacts? code;
    private readonly NodeSet own;
    private readonly NodeSet callerFrames;
    private readonly int callerThread;

    /// <summary>Prepares to ask about a graph, which stays the caller's.</summary>
    /// <param name="graph">The heap.</param>
    /// <param name="code">The code of the process; null where it is not at hand.</param>
    /// <param name="callerThread">Managed id of the thread that waits for the answer; 0 when none does; <see cref="CallerFrames.UnknownThread"/>.</param>
    public SubjectQuery(HeapGraph graph, ICodeFacts? code, int callerThread)
    {
        this.graph = graph;
        this.code = code;
        this.callerThread = callerThread;
        own = OwnObjects.In(graph);
        callerFrames = CallerFrames.In(graph, own, callerThread);
        CallerFrames.AddRoots(graph, callerFrames);
    }

    /// <summary>What holds some objects of one kind.</summary>
    /// <param name="subjects">The objects.</param>
    /// <param name="claim">Why they should be gone, such as <c>must be collected</c>.</param>
    /// <param name="mostShapes">How many shapes of ways to tell.</param>
    /// <param name="cancellation">Cancels the searches.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public (SubjectHold Hold, RetentionAnswer Answer) Ask(IReadOnlyList<NodeIndex> subjects, string claim, int mostShapes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        NodeSet wanted = NodeSet.Of(graph, subjects);
        PathLimits beside = new()
        {
            Excluded = own,
            Roots = root => !OwnObjects.IsOwn(root),
            Subjects = wanted,
            Holders = holder => !callerFrames.Contains(holder),
            SubjectRoots = root => !IsCallers(root),
        };
        RetentionAnswer answer = Answer(beside, subjects, claim, mostShapes, cancellation);
        if (answer.Rooted)
        {
            return (SubjectHold.Something, answer);
        }

        // What the test captured may be held by something else as well: then it is more than a local.
        answer = Answer(
            beside with { Roots = root => !OwnObjects.IsOwn(root) && !IsCallers(root), Excluded = AndAsyncFrames(), Holders = null },
            subjects,
            claim,
            mostShapes,
            cancellation);
        if (answer.Rooted)
        {
            return (SubjectHold.Something, answer);
        }

        answer = Answer(beside with { Holders = null, SubjectRoots = null }, subjects, claim, mostShapes, cancellation);
        return (answer.Rooted ? SubjectHold.OnlyTheCaller : SubjectHold.Nothing, answer);
    }

    /// <summary>The runner of the tests holds the async methods that await the answer, and these hold their locals: they are left out with all that they hold.</summary>
    private NodeSet AndAsyncFrames()
    {
        NodeSet excluded = own.Copy();
        for (int node = 0; node < graph.NodeCount; node++)
        {
            NodeIndex index = new(node);
            if (callerFrames.Contains(index) && CallerFrames.IsAsyncFrame(graph.TypeOf(index)))
            {
                excluded.Add(index);
            }
        }

        return excluded;
    }

    private bool IsCallers(GcRoot root) => CallerFrames.IsRoot(root, callerThread);

    private RetentionAnswer Answer(PathLimits limits, IReadOnlyList<NodeIndex> subjects, string claim, int mostShapes, CancellationToken cancellation)
    {
        using RetentionQuery query = RetentionQuery.Open(graph, code, limits, cancellation);
        return query.Ask(subjects, mostShapes, (path, subject) => path.Id == subject.Id ? new TraceStatus(LeakingStatus.Yes, claim) : Unknown, cancellation);
    }
}
