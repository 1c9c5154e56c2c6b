namespace Limpet.Heap.Paths;

/// <summary>What objects hold through members that are known by name.</summary>
internal static class HeldObjects
{
    /// <summary>What an object holds through one member; none where that refers to nothing, or there is no such member. O(references of the object).</summary>
    public static NodeIndex HeldBy(this HeapGraph graph, NodeIndex holder, string member)
    {
        ReadOnlySpan<int> targets = graph.TargetsOf(holder);
        ReadOnlySpan<byte> slots = graph.SlotsOf(holder);
        for (int at = 0; at < targets.Length; at++)
        {
            if (graph.LabelOf(holder, slots[at]).Member == member)
            {
                return new NodeIndex(targets[at]);
            }
        }

        return NodeIndex.None;
    }
}
