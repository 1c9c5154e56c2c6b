namespace Limpet.Heap.Growth;

/// <summary>
/// Finds which growing objects refer to which, directly or through a few objects that belong to no growth and that only one of them reaches: what
/// several reach is shared, and no partner of any. O(nodes + edges near growing objects), 16 bytes for each object on the way.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="ownerOf">The growth root that a node belongs to; below 0 for none.</param>
internal sealed class GrowthReach(HeapGraph graph, Func<int, int> ownerOf)
{
    /// <summary>Objects between two that hang together: a stream, a handle.</summary>
    private const int MostBetween = 2;
    private const int Shared = -1;

    /// <summary>Calls <paramref name="found"/> for each pair: owner and node that refers, owner and node that is referred to.</summary>
    public void Search(int nodeCount, Action<int, int, int, int> found)
    {
        Dictionary<int, int> originOf = [];
        List<int> edge = [];
        for (int node = 0; node < nodeCount; node++)
        {
            if (ownerOf(node) >= 0)
            {
                Follow(node, node, originOf, edge, found);
            }
        }

        for (int between = 1; between <= MostBetween && edge.Count > 0; between++)
        {
            List<int> last = edge;
            edge = [];
            foreach (int node in last)
            {
                if (originOf[node] != Shared)
                {
                    Follow(originOf[node], node, originOf, edge, found);
                }
            }
        }
    }

    private void Follow(int origin, int node, Dictionary<int, int> originOf, List<int> edge, Action<int, int, int, int> found)
    {
        foreach (int target in graph.TargetsOf(new NodeIndex(node)))
        {
            int owner = ownerOf(target);
            if (owner >= 0)
            {
                if (owner != ownerOf(origin))
                {
                    found(ownerOf(origin), origin, owner, target);
                }
            }
            else if (originOf.TryAdd(target, origin))
            {
                edge.Add(target);
            }
            else if (originOf[target] != origin)
            {
                originOf[target] = Shared;
            }
        }
    }
}
