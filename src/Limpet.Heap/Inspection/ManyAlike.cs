using System.Collections.Frozen;
using Limpet.Heap.Dominators;
using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>
/// Places that hold a thousand objects of one kind or more. A heap is looked at as if it had grown from nothing: then the topmost paths with so
/// many objects are where they come together, and they are named as a leak there would be. Of the objects that hold them on such a path, the one that holds most
/// is the place; nodes of one list or tree are held by what holds the first. O(nodes), 4 bytes a node while it runs.
/// </summary>
internal sealed class ManyAlike
{
    private const long Many = 1000;
    private const int LongestClimb = 10_000;
    private readonly MergedPaths merged;
    private readonly GrowthRoot[] roots;
    private readonly Dictionary<int, int> rootOfPath = [];
    private readonly HashSet<int> tellingPaths = [];

    private ManyAlike(MergedPaths merged)
    {
        this.merged = merged;
        HeapCensus nothing = new() { Objects = 0, Bytes = 0, Types = FrozenDictionary<string, TypeCount>.Empty, Paths = PathTree.Empty };
        roots = [.. GrowthRoots.Find(PathGrowth.Of([nothing, HeapCensus.Of(merged)]), series => series.CountGrowth >= Many)];
        for (int root = 0; root < roots.Length; root++)
        {
            foreach (PathSeries top in roots[root].Tops)
            {
                merged.Paths.TryFind(top.Id, out int path);
                rootOfPath[path] = root;
            }

            merged.Paths.TryFind(roots[root].Tops[0].Id, out int telling);
            tellingPaths.Add(telling);
        }
    }

    public static List<Accumulation> Find(MergedPaths merged, DominatorTree dominators) => new ManyAlike(merged).Find(dominators);

    private List<Accumulation> Find(DominatorTree dominators)
    {
        if (roots.Length == 0)
        {
            return [];
        }

        using NativeArray<int> holders = new(merged.Graph.NodeCount);
        var (places, counts) = Places(holders);
        RetainedSize[] retained = RetainedUnion.ByGroup(dominators, node => RootOf(node) is >= 0 and var root && holders[node.Value] == places[root] ? root : -1, roots.Length);
        return
        [
            .. roots.Select((root, index) => (Root: root, Index: index))
                .Where(entry => counts[entry.Index] >= Many)
                .Select(entry => new Accumulation(
                    SuspectKind.ManyAlike,
                    new NodeIndex(places[entry.Index]),
                    ExampleOf(entry.Root, places[entry.Index]),
                    entry.Root.SubjectName,
                    Math.Min(counts[entry.Index], (long)entry.Root.Counts[^1]),
                    retained[entry.Index],
                    entry.Root.Container)),
        ];
    }

    /// <summary>For each root the object that holds most, and how many it holds.</summary>
    private (int[] Places, long[] Counts) Places(NativeArray<int> holders)
    {
        Dictionary<(int Root, int Holder), long> counted = [];
        foreach (int node in merged.Tree.Order)
        {
            NodeIndex index = new(node);
            int root = RootOf(index);
            if (root < 0)
            {
                continue;
            }

            int path = merged.PathOf(index);
            NodeIndex parent = merged.Tree.ParentOf(index);
            int holder = parent.IsNone ? NodeIndex.None.Value : merged.PathOf(parent) == path ? holders[parent.Value] : parent.Value;
            holders[node] = holder;
            if (tellingPaths.Contains(path))
            {
                counted[(root, holder)] = counted.GetValueOrDefault((root, holder)) + 1;
            }
        }

        int[] places = new int[roots.Length];
        long[] counts = new long[roots.Length];
        foreach (var ((root, holder), count) in counted.OrderBy(entry => entry.Key.Holder))
        {
            if (count > counts[root])
            {
                (places[root], counts[root]) = (holder, count);
            }
        }

        return (places, counts);
    }

    private int RootOf(NodeIndex node) => rootOfPath.GetValueOrDefault(merged.PathOf(node), -1);

    /// <summary>An object of the subject that the place holds; any where the way back is too long.</summary>
    private NodeIndex ExampleOf(GrowthRoot root, int place)
    {
        merged.Paths.TryFind(root.Subject.Id, out int path);
        NodeIndex any = NodeIndex.None;
        foreach (int node in merged.Tree.Order)
        {
            if (merged.PathOf(new NodeIndex(node)) != path)
            {
                continue;
            }

            any = any.IsNone ? new NodeIndex(node) : any;
            NodeIndex above = merged.Tree.ParentOf(new NodeIndex(node));
            for (int step = 0; step < LongestClimb && above.Value != place && !above.IsNone; step++)
            {
                above = merged.Tree.ParentOf(above);
            }

            if (above.Value == place)
            {
                return new NodeIndex(node);
            }
        }

        return any;
    }
}
