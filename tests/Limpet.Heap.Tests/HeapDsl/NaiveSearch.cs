namespace Limpet.Heap.Tests;

/// <summary>The definitions, computed as slowly as they are written.</summary>
internal static class NaiveSearch
{
    /// <summary>Nodes reached from some roots, with the distance from them, leaving out what is excluded.</summary>
    public static Dictionary<int, int> Distances(HeapGraph graph, IEnumerable<GcRoot> roots, ISet<int> excluded)
    {
        Dictionary<int, int> distance = [];
        foreach (GcRoot root in roots)
        {
            if (!excluded.Contains(root.Target.Value))
            {
                distance[root.Target.Value] = 0;
            }
        }

        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (int node in distance.Keys.ToArray())
            {
                foreach (int target in graph.TargetsOf(new NodeIndex(node)))
                {
                    if (!excluded.Contains(target) && distance[node] + 1 < distance.GetValueOrDefault(target, int.MaxValue))
                    {
                        distance[target] = distance[node] + 1;
                        changed = true;
                    }
                }
            }
        }

        return distance;
    }
}
