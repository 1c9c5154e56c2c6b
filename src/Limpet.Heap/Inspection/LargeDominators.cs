using Limpet.Heap.Dominators;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>
/// Objects that keep a tenth of the heap or more beyond what is told of a single object below them: a holder of a holder of one large array is not
/// told beside the array. Each byte counts for one place, so there are at most ten. In a list or a tree the first object stands for all. O(nodes).
/// </summary>
internal static class LargeDominators
{
    private const int Part = 10;

    public static List<Accumulation> Find(MergedPaths merged, DominatorTree dominators)
    {
        long threshold = Math.Max(1, dominators.ReachedBytes / Part);
        HashSet<NodeIndex> found = [];
        ReadOnlySpan<int> order = dominators.Order;
        for (int position = 0; position < order.Length; position++)
        {
            if (dominators.BytesAt(position) < threshold)
            {
                // Nothing that it dominates keeps more than it does.
                position = dominators.EndOf(position) - 1;
                continue;
            }

            if (OwnShare(dominators, position, threshold) >= threshold)
            {
                found.Add(FirstAlike(merged, dominators, new NodeIndex(order[position])));
            }
        }

        return [.. found.Select(node => Describe(merged, dominators, node))];
    }

    /// <summary>What it keeps beyond the objects that keep a tenth of the heap themselves.</summary>
    private static long OwnShare(DominatorTree dominators, int position, long threshold)
    {
        long share = dominators.BytesAt(position);
        for (int child = position + 1; child < dominators.EndOf(position); child = dominators.EndOf(child))
        {
            share -= dominators.BytesAt(child) >= threshold ? dominators.BytesAt(child) : 0;
        }

        return share;
    }

    private static NodeIndex FirstAlike(MergedPaths merged, DominatorTree dominators, NodeIndex node)
    {
        int path = merged.PathOf(node);
        NodeIndex first = node;
        for (NodeIndex above = dominators.DominatorOf(node); !above.IsNone; above = dominators.DominatorOf(above))
        {
            first = merged.PathOf(above) == path ? above : first;
        }

        return first;
    }

    private static Accumulation Describe(MergedPaths merged, DominatorTree dominators, NodeIndex node) => new(
        SuspectKind.LargeDominator,
        node,
        node,
        TypeWords.Of(merged.Graph.TypeOf(node)),
        1,
        dominators.RetainedBy(node),
        GrowthContainer.Above(merged.Paths.StepsTo(merged.PathOf(node))));
}
