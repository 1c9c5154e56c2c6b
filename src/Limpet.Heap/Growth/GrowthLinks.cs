using System.Collections.Immutable;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>
/// Which growth roots hang together in the last capture. Two do when objects of one refer to objects of the other, each to one of its
/// own: a thousand objects that all refer to one shared service prove nothing. What stands on the stacks of many threads hangs
/// together with the thread objects, and what pins assemblies with their load contexts. O(nodes + edges), and 16 bytes for each reference from one growth to another.
/// </summary>
internal sealed class GrowthLinks
{
    private readonly Dictionary<(int First, int Second), (HashSet<int> First, HashSet<int> Second)> partners = [];
    private readonly ImmutableArray<GrowthRoot> roots;
    private readonly ThreadStacks stacks;
    private readonly LoadContexts contexts;

    private GrowthLinks(ImmutableArray<GrowthRoot> roots, ThreadStacks stacks, LoadContexts contexts)
    {
        this.roots = roots;
        this.stacks = stacks;
        this.contexts = contexts;
    }

    public static GrowthLinks Of(MergedPaths merged, ImmutableArray<GrowthRoot> roots)
    {
        int[] ownerOfPath = OwnersByPath(merged, roots);
        int OwnerOf(int node) => merged.PathOf(new NodeIndex(node)) is >= 0 and int path ? ownerOfPath[path] : -1;
        GrowthLinks links = new(roots, ThreadStacks.Of(merged.Graph, roots, OwnerOf), LoadContexts.Of(merged.Graph, roots));
        new GrowthReach(merged.Graph, OwnerOf).Search(merged.Graph.NodeCount, links.Add);
        return links;
    }

    /// <summary>How two roots hang together, by index.</summary>
    public GrowthLink Between(int first, int second)
    {
        GrowthLink byThreads = stacks.Between(first, second);
        GrowthLink byContexts = contexts.Between(first, second);
        double linked = partners.TryGetValue((Math.Min(first, second), Math.Max(first, second)), out var pair) ? Math.Min(pair.First.Count, pair.Second.Count) : 0;
        return new GrowthLink(
            Math.Max(Math.Max(byThreads.ShareOfFirst, byContexts.ShareOfFirst), Share(linked, roots[first])),
            Math.Max(Math.Max(byThreads.ShareOfSecond, byContexts.ShareOfSecond), Share(linked, roots[second])));
    }

    /// <summary>
    /// How surely a root only follows from another, the surest highest; 0 for one that can be by itself. Load contexts in handles of the runtime go with what pins their
    /// assemblies, and what the runtime keeps of them goes with them.
    /// </summary>
    public int ConsequenceOf(int root) => contexts.AreTraces(root) ? 2 : contexts.AreContexts(root) ? 1 : 0;

    /// <summary>Threads on whose stacks some of these roots stand.</summary>
    public int ThreadsOf(IEnumerable<int> some) => stacks.CountOf(some);

    private static double Share(double linked, GrowthRoot root) => Math.Min(1, linked / Math.Max(1, root.TopGrowth));

    /// <summary>
    /// Whether two roots are the two ends of one list: the same type under the same holder, and the objects in the middle refer to each
    /// other. The shortest ways then come from both ends, half of the objects each.
    /// </summary>
    public bool AreEndsOfOneList(int first, int second) =>
        roots[first].Tops[0] is var one
        && roots[second].Tops[0] is var other
        && one.ParentId == other.ParentId
        && one.Path.Type == other.Path.Type
        && partners.ContainsKey((Math.Min(first, second), Math.Max(first, second)));

    private void Add(int owner, int node, int other, int target)
    {
        var key = (Math.Min(owner, other), Math.Max(owner, other));
        if (!partners.TryGetValue(key, out var pair))
        {
            partners[key] = pair = ([], []);
        }

        pair.First.Add(owner < other ? node : target);
        pair.Second.Add(owner < other ? target : node);
    }

    private static int[] OwnersByPath(MergedPaths merged, ImmutableArray<GrowthRoot> roots)
    {
        int[] ownerOf = new int[merged.Paths.Nodes.Length];
        Array.Fill(ownerOf, -1);
        for (int root = 0; root < roots.Length; root++)
        {
            foreach (PathSeries member in roots[root].Members)
            {
                if (merged.Paths.TryFind(member.Id, out int path))
                {
                    ownerOf[path] = root;
                }
            }
        }

        return ownerOf;
    }
}
