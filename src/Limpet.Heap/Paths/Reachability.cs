namespace Limpet.Heap.Paths;

/// <summary>
/// Which objects the roots reach. A depth-first search with a stack of its own: O(nodes + edges), 1 bit a node for the answer and
/// at most 4 bytes a node for the stack while it runs.
/// </summary>
public sealed unsafe class Reachability
{
    private const int NodesBetweenChecks = 1 << 16;
    private readonly HeapGraph graph;

    private Reachability(HeapGraph graph, NodeSet nodes, long count, long bytes)
    {
        this.graph = graph;
        Nodes = nodes;
        Count = count;
        Bytes = bytes;
    }

    /// <summary>The nodes that were reached.</summary>
    public NodeSet Nodes { get; }

    /// <summary>Number of objects that were reached.</summary>
    public long Count { get; }

    /// <summary>Their own sizes, added up.</summary>
    public long Bytes { get; }

    /// <summary>Searches from all roots.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static Reachability From(HeapGraph graph, CancellationToken cancellation) =>
        Search(graph, new NodeSet(graph.NodeCount), cancellation);

    /// <summary>Searches as if the objects in <paramref name="excluded"/> were not there.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public Reachability ReachableWithout(NodeSet excluded, CancellationToken cancellation)
    {
        Reachability rest = Search(graph, excluded.Copy(), cancellation);
        rest.Nodes.ExceptWith(excluded);
        return rest;
    }

    /// <summary>
    /// What would go if every object in <paramref name="owners"/> went: by definition, what only a way through one of them
    /// reaches. Exact, by one search.
    /// </summary>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public RetainedSize RetainedBy(NodeSet owners, CancellationToken cancellation)
    {
        Reachability rest = ReachableWithout(owners, cancellation);
        return new RetainedSize(Count - rest.Count, Bytes - rest.Bytes);
    }

    private static Reachability Search(HeapGraph graph, NodeSet visited, CancellationToken cancellation)
    {
        uint* firstEdges = graph.FirstEdges;
        int* targets = graph.Targets;
        int[] stack = new int[1024];
        int depth = 0;
        long count = 0;
        long bytes = 0;
        foreach (GcRoot root in graph.Roots)
        {
            if (!root.Target.IsNone && visited.Add(root.Target))
            {
                Push(ref stack, ref depth, root.Target.Value);
            }

            while (depth > 0)
            {
                int node = stack[--depth];
                bytes += graph.SizeOf(new NodeIndex(node));
                if (++count % NodesBetweenChecks == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                for (uint edge = firstEdges[node]; edge < firstEdges[node + 1L]; edge++)
                {
                    int target = targets[edge];
                    if (visited.Add(new NodeIndex(target)))
                    {
                        Push(ref stack, ref depth, target);
                    }
                }
            }
        }

        cancellation.ThrowIfCancellationRequested();
        GC.KeepAlive(graph);
        return new Reachability(graph, visited, count, bytes);
    }

    private static void Push(ref int[] stack, ref int depth, int node)
    {
        if (depth == stack.Length)
        {
            Array.Resize(ref stack, (int)Math.Min(Array.MaxLength, stack.Length * 2L));
        }

        stack[depth++] = node;
    }
}
