using Limpet.Heap.Holders;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Subjects;

/// <summary>
/// The objects that stand for the frames of who asked: closures and async methods that are on the stack of the asking thread, and async methods that await
/// the answer. What they refer to themselves are the locals of a test: such a local is no holder, however long the compiler keeps it.
/// </summary>
public static class CallerFrames
{
    /// <summary>In place of a thread's id, for a heap that does not say whose stack a root is on, nor by which member one object refers to another: any may be the caller's.</summary>
    public const int UnknownThread = -1;

    /// <summary>What the roots are called that the frames get.</summary>
    private const string Name = "the test";

    private const string Continuation = "m_continuationObject";
    private const int MostContinuationSteps = 4;

    /// <summary>Finds them.</summary>
    /// <param name="graph">The heap.</param>
    /// <param name="own">What belongs to the library: who awaits one of these awaits the answer.</param>
    /// <param name="managedThreadId">The asking thread; 0 when nobody waits on a thread; <see cref="UnknownThread"/>.</param>
    public static NodeSet In(HeapGraph graph, NodeSet own, int managedThreadId)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(own);
        NodeSet frames = new(graph.NodeCount);
        Stack<NodeIndex> open = [];
        foreach (GcRoot root in graph.Roots.Where(root => root.Kind == RootKind.Stack && IsOf(root, managedThreadId) && !root.Target.IsNone))
        {
            Enter(graph, root.Target, frames, open);
        }

        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (own.Contains(new NodeIndex(node)))
            {
                Awaiting(graph, new NodeIndex(node), managedThreadId, frames, open);
                DelegatesOf(graph, new NodeIndex(node), frames, open);
            }
        }

        while (open.TryPop(out NodeIndex frame))
        {
            Awaiting(graph, frame, managedThreadId, frames, open);
            foreach (int held in graph.TargetsOf(frame))
            {
                if (IsClosure(graph.TypeOf(new NodeIndex(held))) || IsMachineOf(graph, frame, new NodeIndex(held)))
                {
                    Enter(graph, new NodeIndex(held), frames, open);
                }
            }
        }

        return frames;
    }

    /// <summary>
    /// Makes roots of the frames: while a test awaits an answer they hang on the library's own objects, and these are no holders.
    /// </summary>
    public static void AddRoots(HeapGraph graph, NodeSet frames)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(frames);
        graph.AddRoots(Enumerable.Range(0, graph.NodeCount)
            .Select(node => new NodeIndex(node))
            .Where(frames.Contains)
            .OrderBy(node => graph.TypeOf(node).IsDelegate)
            .Select(node => new GcRoot(node, RootKind.Stack, Name))
            .ToList());
    }

    /// <summary>Whether a root is a frame of who asks.</summary>
    public static bool IsRoot(GcRoot root, int managedThreadId)
    {
        ArgumentNullException.ThrowIfNull(root);
        return root.Kind == RootKind.Stack && (root.Name == Name || IsOf(root, managedThreadId));
    }

    private static bool IsOf(GcRoot root, int managedThreadId) => managedThreadId == UnknownThread || (managedThreadId != 0 && root.ThreadId == managedThreadId);

    /// <summary>The closures of delegates that the library was given.</summary>
    private static void DelegatesOf(HeapGraph graph, NodeIndex own, NodeSet frames, Stack<NodeIndex> open)
    {
        foreach (int held in graph.TargetsOf(own))
        {
            if (graph.TypeOf(new NodeIndex(held)).IsDelegate)
            {
                Enter(graph, new NodeIndex(held), frames, open);
            }
        }
    }

    private static void Enter(HeapGraph graph, NodeIndex node, NodeSet frames, Stack<NodeIndex> open)
    {
        HeapType type = graph.TypeOf(node);
        if ((type.IsDelegate || IsClosure(type) || IsAsyncFrame(type)) && frames.Add(node))
        {
            open.Push(node);
        }
    }

    /// <summary>Who awaits a task: its continuation, behind the objects that the framework puts between.</summary>
    private static void Awaiting(HeapGraph graph, NodeIndex task, int managedThreadId, NodeSet frames, Stack<NodeIndex> open)
    {
        ReadOnlySpan<int> held = graph.TargetsOf(task);
        ReadOnlySpan<byte> through = graph.SlotsOf(task);
        for (int edge = 0; edge < held.Length; edge++)
        {
            if (managedThreadId == UnknownThread || graph.LabelOf(task, through[edge]).Member == Continuation)
            {
                Resume(graph, new NodeIndex(held[edge]), MostContinuationSteps, frames, open);
            }
        }
    }

    private static void Resume(HeapGraph graph, NodeIndex node, int steps, NodeSet frames, Stack<NodeIndex> open)
    {
        HeapType type = graph.TypeOf(node);
        if (IsAsyncFrame(type))
        {
            Enter(graph, node, frames, open);
            return;
        }

        if (steps > 0 && (type.IsDelegate || type.IsArray || type.Name.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal) || type.Name.StartsWith("System.Collections.Generic.List<", StringComparison.Ordinal)))
        {
            foreach (int next in graph.TargetsOf(node))
            {
                Resume(graph, new NodeIndex(next), steps - 1, frames, open);
            }
        }
    }

    private static bool IsMachineOf(HeapGraph graph, NodeIndex frame, NodeIndex held) =>
        SourceNames.AsyncMethodOf(graph.TypeOf(frame).Name) is not null && SourceNames.StateMachineOf(graph.TypeOf(held).Name) is { } machine
        && graph.TypeOf(frame).Name.Contains(machine, StringComparison.Ordinal);

    /// <summary>Whether objects of a type are async methods that have begun.</summary>
    internal static bool IsAsyncFrame(HeapType type) => SourceNames.AsyncMethodOf(type.Name) is not null || SourceNames.StateMachineOf(type.Name) is not null;

    private static bool IsClosure(HeapType type) => type.Name.Contains("<>c__DisplayClass", StringComparison.Ordinal);
}
