using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Limpet.Heap.Holders;

namespace Limpet.Heap.Paths;

/// <summary>
/// A shortest way from the roots to every object. Breadth first in six tiers: what static and thread static fields of the program and its
/// packages reach comes before what the entry point's frame reaches, that before static fields of the framework, that before handles, other
/// stacks, and the finalizer queue with the runtime's tables. A lower tier begins only when the higher one is exhausted, so that a
/// trace names a field of the program's wherever there is one, even where a table of the runtime is nearer. Of the stacks only the entry
/// point's is there in every capture.
/// Roots of one tier are taken in the order of <see cref="RootKind"/>, then by name, and edges in the order of the fields: the way
/// does not depend on where objects lie, and is the same in the next capture of the same program. References from one object of a
/// list to its neighbours, where it is a stranger to the list that holds it, are gone through last of all (<see cref="IncidentalEdges"/>).
/// O(nodes + edges). 9 bytes a node: parent 4, slot 1, place in the order of the search 4.
/// </summary>
public sealed unsafe class ShortestPathTree : IDisposable
{
    private const int Unreached = -1;
    private const int FirstRoot = -2;
    private const int Barred = int.MinValue;
    private const int NodesBetweenChecks = 1 << 16;
    private readonly NativeArray<int> parents;
    private readonly NativeArray<byte> slots;
    private readonly NativeArray<int> order;
    private readonly IncidentalEdges incidental;
    private readonly List<int> deferred = [];
    private readonly HashSet<int> passed = [];
    private readonly Stack<int> behind = [];
    private readonly PathLimits limits;

    private ShortestPathTree(HeapGraph graph, PathLimits limits)
    {
        Graph = graph;
        this.limits = limits;
        incidental = IncidentalEdges.In(graph);
        parents = new NativeArray<int>(graph.NodeCount);
        slots = new NativeArray<byte>(graph.NodeCount);
        order = new NativeArray<int>(graph.NodeCount);
        for (long node = 0; node < graph.NodeCount; node++)
        {
            parents.Pointer[node] = Unreached;
        }

        Bar(limits.Excluded);
        Bar(limits.Subjects);
    }

    /// <summary>The graph that was searched.</summary>
    public HeapGraph Graph { get; }

    /// <summary>Number of objects that the roots reach.</summary>
    public int ReachedCount { get; private set; }

    /// <summary>Whether a way passes over an object that really lies on it: a member of a list that a stranger holds. Then what lies below an object is more than its ways say.</summary>
    public bool PassesOver => passed.Count > 0;

    /// <summary>Bytes that the tree takes.</summary>
    public long MemoryBytes => parents.Length * (sizeof(int) + sizeof(byte) + sizeof(int));

    /// <summary>The objects that were reached, parents before children.</summary>
    public ReadOnlySpan<int> Order => new(order.Pointer, ReachedCount);

    /// <summary>Searches the graph.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static ShortestPathTree Build(HeapGraph graph, CancellationToken cancellation) => Build(graph, new PathLimits(), cancellation);

    /// <summary>Searches the graph without what is left out.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="limits">What is left out.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static ShortestPathTree Build(HeapGraph graph, PathLimits limits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ShortestPathTree tree = new(graph, limits);
        try
        {
            tree.Search(cancellation);
            return tree;
        }
        catch
        {
            tree.Dispose();
            throw;
        }
    }

    /// <summary>Whether a root reaches <paramref name="node"/>.</summary>
    public bool IsReached(NodeIndex node) => parents[node.Value] != Unreached;

    /// <summary>The object before <paramref name="node"/> on its way; none where a root holds it.</summary>
    public NodeIndex ParentOf(NodeIndex node) => new(Math.Max(parents[node.Value], NodeIndex.None.Value));

    /// <summary><see cref="EdgeSlot"/> through which the parent holds <paramref name="node"/>; 0 where a root holds it.</summary>
    public byte SlotOf(NodeIndex node) => slots[node.Value];

    /// <summary>Index in <see cref="HeapGraph.Roots"/> of the root that holds <paramref name="node"/> itself; -1 where an object does or nothing.</summary>
    public int RootIndexOf(NodeIndex node) => parents[node.Value] <= FirstRoot ? FirstRoot - parents[node.Value] : -1;

    /// <summary>The objects from the one that the root holds to <paramref name="node"/>. Empty when no root reaches it. O(length).</summary>
    public ImmutableArray<NodeIndex> PathTo(NodeIndex node)
    {
        if (!IsReached(node))
        {
            return [];
        }

        var path = ImmutableArray.CreateBuilder<NodeIndex>();
        for (NodeIndex step = node; !step.IsNone; step = ParentOf(step))
        {
            path.Add(step);
        }

        path.Reverse();
        return path.DrainToImmutable();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        parents.Dispose();
        slots.Dispose();
        order.Dispose();
    }

    private static int TierOf(GcRoot root) => root.Kind switch
    {
        RootKind.StaticField or RootKind.ThreadStatic => FrameworkTypes.IsFramework(root.Name) ? 2 : 0,
        RootKind.Stack => IsEntryPoint(root.Name) ? 1 : 4,
        RootKind.FinalizerQueue or RootKind.RuntimeTable => 5,
        _ => 3,
    };

    /// <summary>By its name, which a file keeps too. Async or of top-level statements, the compiler's entry point is called <c>Main</c> in the words of the source.</summary>
    private static bool IsEntryPoint(string frame) =>
        (frame == "Main" || frame.EndsWith(".Main", StringComparison.Ordinal)) && !FrameworkTypes.IsFramework(frame);

    private void Search(CancellationToken cancellation)
    {
        var tiers = Graph.Roots
            .Select((root, index) => (Root: root, Index: index))
            .Where(entry => !entry.Root.Target.IsNone && limits.Roots?.Invoke(entry.Root) != false)
            .GroupBy(entry => TierOf(entry.Root))
            .OrderBy(tier => tier.Key);
        int done = 0;
        foreach (var tier in tiers)
        {
            foreach (var (root, index) in tier.OrderBy(entry => entry.Root.Kind).ThenBy(entry => entry.Root.Name, StringComparer.Ordinal))
            {
                if (parents[root.Target.Value] == Unreached)
                {
                    parents[root.Target.Value] = FirstRoot - index;
                    slots[root.Target.Value] = 0;
                    order[ReachedCount++] = root.Target.Value;
                }
            }

            done = Exhaust(done, cancellation);
        }

        int expanded = 0;
        done = ExpandDeferred(ref expanded, done, cancellation);
        if (limits.Subjects is not null)
        {
            ReachSubjects(ref expanded, done, cancellation);
        }

        Unbar();
        GC.KeepAlive(Graph);
    }

    private int ExpandDeferred(ref int expanded, int done, CancellationToken cancellation)
    {
        for (; expanded < deferred.Count; expanded++)
        {
            ExpandAll(deferred[expanded]);
            done = Exhaust(done, cancellation);
        }

        return done;
    }

    /// <summary>Reaches the subjects from roots and holders that count, the first of them in the order of the search; then what they hold, which may hold more of them.</summary>
    private void ReachSubjects(ref int expanded, int done, CancellationToken cancellation)
    {
        foreach (var (root, index) in Graph.Roots.Select((root, index) => (root, index)).OrderBy(entry => TierOf(entry.root)).ThenBy(entry => entry.root.Kind))
        {
            if (!root.Target.IsNone && IsWaiting(root.Target.Value) && limits.Roots?.Invoke(root) != false && limits.SubjectRoots?.Invoke(root) != false)
            {
                parents[root.Target.Value] = FirstRoot - index;
                order[ReachedCount++] = root.Target.Value;
            }
        }

        for (int looked = 0; looked < ReachedCount; looked++)
        {
            cancellation.ThrowIfCancellationRequested();
            NodeIndex node = new(order[looked]);
            ReadOnlySpan<int> held = Graph.TargetsOf(node);
            for (int edge = 0; edge < held.Length; edge++)
            {
                if (IsWaiting(held[edge]) && limits.Holders?.Invoke(node) != false)
                {
                    parents[held[edge]] = node.Value;
                    slots[held[edge]] = Graph.SlotsOf(node)[edge];
                    order[ReachedCount++] = held[edge];
                }
            }

            if (looked == ReachedCount - 1 || done <= looked)
            {
                done = Exhaust(done, cancellation);
                done = ExpandDeferred(ref expanded, done, cancellation);
            }
        }
    }

    private bool IsWaiting(int node) => parents[node] == Barred && limits.Subjects!.Contains(new NodeIndex(node));

    private void Bar(NodeSet? nodes)
    {
        for (int node = 0; nodes is not null && node < Graph.NodeCount; node++)
        {
            if (nodes.Contains(new NodeIndex(node)))
            {
                parents[node] = Barred;
            }
        }
    }

    private void Unbar()
    {
        for (int node = 0; (limits.Excluded ?? limits.Subjects) is not null && node < Graph.NodeCount; node++)
        {
            if (parents[node] == Barred)
            {
                parents[node] = Unreached;
            }
        }
    }

    private int Exhaust(int done, CancellationToken cancellation)
    {
        uint* firstEdges = Graph.FirstEdges;
        int* targets = Graph.Targets;
        byte* edgeSlots = Graph.Slots;
        int* parent = parents.Pointer;
        byte* slot = slots.Pointer;
        int* queue = order.Pointer;
        int end = ReachedCount;
        for (; done < end; done++)
        {
            if (done % NodesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            Announce(done, end);
            int node = queue[done];
            if (incidental.Any && incidental.Contains(node))
            {
                end = incidental.IsStranger(node, parent[node]) ? ExpandOwn(node, end) : ExpandMember(node, end);
                continue;
            }

            uint last = firstEdges[node + 1L];
            for (uint edge = firstEdges[node]; edge < last; edge++)
            {
                int target = targets[edge];
                if (parent[target] == Unreached)
                {
                    parent[target] = node;
                    slot[target] = edgeSlots[edge];
                    queue[end++] = target;
                }
            }
        }

        ReachedCount = end;
        return done;
    }

    /// <summary>Asks for the memory of the objects that come next in the queue: where their references begin, then the references, then the first of what they refer to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Announce(int done, int end)
    {
        const int ForTargets = 4;
        uint* firstEdges = Graph.FirstEdges;
        int* queue = order.Pointer;
        if (done + (3 * Prefetch.Distance) < end)
        {
            Prefetch.At(firstEdges + queue[done + (3 * Prefetch.Distance)]);
            uint second = firstEdges[queue[done + (2 * Prefetch.Distance)]];
            Prefetch.At(Graph.Targets + second);
            Prefetch.At(Graph.Slots + second);
            int near = queue[done + Prefetch.Distance];
            uint first = firstEdges[near];
            uint last = Math.Min(firstEdges[near + 1L], first + ForTargets);
            for (uint edge = first; edge < last; edge++)
            {
                Prefetch.At(parents.Pointer + Graph.Targets[edge]);
            }
        }
    }

    /// <summary>Reaches what a member of a list holds; the list goes on behind members that somebody else reached before.</summary>
    private int ExpandMember(int node, int end)
    {
        ReadOnlySpan<int> held = Graph.TargetsOf(new NodeIndex(node));
        ReadOnlySpan<byte> through = Graph.SlotsOf(new NodeIndex(node));
        for (int edge = 0; edge < held.Length; edge++)
        {
            end = Reach(held[edge], node, through[edge], end);
            if (incidental.IsStranger(held[edge], parents[held[edge]]) && passed.Add(held[edge]))
            {
                behind.Push(held[edge]);
            }

            while (behind.TryPop(out int stranger))
            {
                ReadOnlySpan<int> next = Graph.TargetsOf(new NodeIndex(stranger));
                ReadOnlySpan<byte> nextThrough = Graph.SlotsOf(new NodeIndex(stranger));
                for (int other = 0; other < next.Length; other++)
                {
                    if (!incidental.IsIncidental(stranger, nextThrough[other]))
                    {
                        continue;
                    }

                    end = Reach(next[other], node, through[edge], end);
                    if (incidental.IsStranger(next[other], parents[next[other]]) && passed.Add(next[other]))
                    {
                        behind.Push(next[other]);
                    }
                }
            }
        }

        return end;
    }

    /// <summary>Reaches what a node itself holds, and not its neighbours: these wait until everything else is done.</summary>
    private int ExpandOwn(int node, int end)
    {
        ReadOnlySpan<int> held = Graph.TargetsOf(new NodeIndex(node));
        ReadOnlySpan<byte> through = Graph.SlotsOf(new NodeIndex(node));
        for (int edge = 0; edge < held.Length; edge++)
        {
            if (!incidental.IsIncidental(node, through[edge]))
            {
                end = Reach(held[edge], node, through[edge], end);
            }
        }

        deferred.Add(node);
        return end;
    }

    private void ExpandAll(int node)
    {
        ReadOnlySpan<int> held = Graph.TargetsOf(new NodeIndex(node));
        ReadOnlySpan<byte> through = Graph.SlotsOf(new NodeIndex(node));
        for (int edge = 0; edge < held.Length; edge++)
        {
            ReachedCount = Reach(held[edge], node, through[edge], ReachedCount);
        }
    }

    private int Reach(int target, int from, byte slot, int end)
    {
        if (parents[target] != Unreached)
        {
            return end;
        }

        parents[target] = from;
        slots[target] = slot;
        order[end] = target;
        return end + 1;
    }
}
