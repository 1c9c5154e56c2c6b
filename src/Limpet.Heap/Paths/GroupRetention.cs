namespace Limpet.Heap.Paths;

/// <summary>
/// What would go if a group of objects went, by the ways that are known already: whatever has a way without one of them stays. Only what lies below them in the
/// <see cref="ShortestPathTree"/> is in question, and it is saved by a reference from what stays. Exact, as <see cref="Reachability.RetainedBy"/> is, and
/// quicker: the references of what stays are read in the order they lie in. O(nodes + references), 1 bit a node and 4 bytes for each node that is saved.
/// </summary>
internal static unsafe class GroupRetention
{
    private const int NodesBetweenChecks = 1 << 16;

    /// <summary>What would go if <paramref name="owners"/> went.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RetainedSize Of(ShortestPathTree tree, NodeSet owners, CancellationToken cancellation)
    {
        HeapGraph graph = tree.Graph;
        NodeSet lost = Below(tree, owners);
        cancellation.ThrowIfCancellationRequested();
        Stack<int> saved = [];
        foreach (GcRoot root in graph.Roots)
        {
            if (!root.Target.IsNone)
            {
                Save(root.Target.Value, lost, owners, saved);
            }
        }

        uint* firstEdges = graph.FirstEdges;
        int* targets = graph.Targets;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (node % NodesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (lost.Contains(new NodeIndex(node)) || !tree.IsReached(new NodeIndex(node)))
            {
                continue;
            }

            uint last = firstEdges[node + 1L];
            for (uint edge = firstEdges[node]; edge < last; edge++)
            {
                Save(targets[edge], lost, owners, saved);
            }
        }

        while (saved.TryPop(out int node))
        {
            foreach (int target in graph.TargetsOf(new NodeIndex(node)))
            {
                Save(target, lost, owners, saved);
            }
        }

        GC.KeepAlive(graph);
        return SizeOf(graph, lost);
    }

    /// <summary>The group and everything whose way goes through it.</summary>
    private static NodeSet Below(ShortestPathTree tree, NodeSet owners)
    {
        NodeSet below = new(tree.Graph.NodeCount);
        foreach (int node in tree.Order)
        {
            NodeIndex index = new(node);
            NodeIndex parent = tree.ParentOf(index);
            if (owners.Contains(index) || (!parent.IsNone && below.Contains(parent)))
            {
                below.Add(index);
            }
        }

        return below;
    }

    private static void Save(int node, NodeSet lost, NodeSet owners, Stack<int> saved)
    {
        NodeIndex index = new(node);
        if (lost.Contains(index) && !owners.Contains(index))
        {
            lost.Remove(index);
            saved.Push(node);
        }
    }

    private static RetainedSize SizeOf(HeapGraph graph, NodeSet nodes)
    {
        long count = 0;
        long bytes = 0;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (nodes.Contains(new NodeIndex(node)))
            {
                count++;
                bytes += graph.SizeOf(new NodeIndex(node));
            }
        }

        return new RetainedSize(count, bytes);
    }
}
