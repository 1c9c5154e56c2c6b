using Limpet.Heap.Paths;

namespace Limpet.Heap.Dominators;

/// <summary>
/// Retained sizes of groups of objects, each object's stretch counted once: what an object holds that another of its group dominates is not counted
/// again. What only several objects of a group hold together is in none of their stretches and so not in the sum: the sum never says too much. O(nodes), one pass over all groups.
/// </summary>
public static class RetainedUnion
{
    /// <summary>The sums of groups of types.</summary>
    /// <param name="tree">The dominators.</param>
    /// <param name="groupOfType">Group of every type of the graph, by <see cref="TypeIndex"/>; negative for none.</param>
    /// <param name="groupCount">Number of groups.</param>
    /// <returns>The sums by group.</returns>
    public static RetainedSize[] ByType(DominatorTree tree, int[] groupOfType, int groupCount) =>
        ByGroup(tree, node => groupOfType[tree.Graph.TypeIndexOf(node).Value], groupCount);

    /// <summary>The sums of all groups.</summary>
    /// <param name="tree">The dominators.</param>
    /// <param name="groupOf">Group of every object that roots reach; negative for none.</param>
    /// <param name="groupCount">Number of groups.</param>
    /// <returns>The sums by group.</returns>
    public static RetainedSize[] ByGroup(DominatorTree tree, Func<NodeIndex, int> groupOf, int groupCount)
    {
        RetainedSize[] sums = new RetainedSize[groupCount];
        int[] coveredTo = new int[groupCount];
        ReadOnlySpan<int> order = tree.Order;
        for (int position = 0; position < order.Length; position++)
        {
            int group = groupOf(new NodeIndex(order[position]));
            if (group >= 0 && position >= coveredTo[group])
            {
                int end = tree.EndOf(position);
                coveredTo[group] = end;
                sums[group] = new RetainedSize(sums[group].Objects + end - position, sums[group].Bytes + tree.BytesAt(position));
            }
        }

        return sums;
    }

    /// <summary>The sum of one group of objects.</summary>
    public static RetainedSize Of(DominatorTree tree, IEnumerable<NodeIndex> nodes)
    {
        int coveredTo = 0;
        long objects = 0;
        long bytes = 0;
        foreach (int position in nodes.Select(tree.PositionOf).Where(position => position >= 0).Order())
        {
            if (position >= coveredTo)
            {
                coveredTo = tree.EndOf(position);
                objects += coveredTo - position;
                bytes += tree.BytesAt(position);
            }
        }

        return new RetainedSize(objects, bytes);
    }
}
