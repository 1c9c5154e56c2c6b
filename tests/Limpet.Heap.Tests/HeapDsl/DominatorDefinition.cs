namespace Limpet.Heap.Tests;

/// <summary>Dominators as they are defined and as the simplest algorithm finds them: O(nodes × references) each.</summary>
internal static class DominatorDefinition
{
    /// <summary>What the roots reach when one node is not there; -1 for all of them.</summary>
    public static bool[] ReachedWithout(HeapGraph graph, int removed)
    {
        bool[] reached = new bool[graph.NodeCount];
        Stack<int> open = new(graph.Roots.Select(root => root.Target.Value).Where(node => node >= 0));
        while (open.TryPop(out int node))
        {
            if (node == removed || reached[node])
            {
                continue;
            }

            reached[node] = true;
            foreach (int target in graph.TargetsOf(new NodeIndex(node)))
            {
                open.Push(target);
            }
        }

        return reached;
    }

    /// <summary>By data flow to a fixed point: an object is dominated by itself and by what dominates all that hold it. Element <c>[node][d]</c> says whether d dominates node; null for one that no root reaches.</summary>
    public static bool[]?[] ByDataFlow(HeapGraph graph)
    {
        bool[] reached = ReachedWithout(graph, -1);
        bool[] held = new bool[graph.NodeCount];
        foreach (GcRoot root in graph.Roots)
        {
            held[root.Target.Value] = true;
        }

        List<int>[] holders = [.. Enumerable.Range(0, graph.NodeCount).Select(_ => new List<int>())];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            foreach (int target in graph.TargetsOf(new NodeIndex(node)))
            {
                if (reached[node])
                {
                    holders[target].Add(node);
                }
            }
        }

        bool[]?[] dominates = [.. reached.Select(isReached => isReached ? Enumerable.Repeat(true, graph.NodeCount).ToArray() : null)];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int node = 0; node < graph.NodeCount; node++)
            {
                for (int other = 0; reached[node] && other < graph.NodeCount; other++)
                {
                    bool isDominated = other == node || (!held[node] && holders[node].TrueForAll(holder => dominates[holder]![other]));
                    changed |= isDominated != dominates[node]![other];
                    dominates[node]![other] = isDominated;
                }
            }
        }

        return dominates;
    }
}
