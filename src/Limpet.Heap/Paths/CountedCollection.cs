using System.Collections.Immutable;

namespace Limpet.Heap.Paths;

/// <summary>A collection that tells how many elements it has.</summary>
/// <param name="Node">The collection.</param>
/// <param name="Elements">The number of its elements, in all parts of it.</param>
/// <param name="Parts">The parts that tell it, for queues and bags that several threads use; empty for a collection that has the number itself.</param>
public readonly record struct CountedCollection(NodeIndex Node, long Elements, ImmutableArray<NodeIndex> Parts)
{
    /// <summary>Of its elements the ones beyond what a collection of its kind may have without being told.</summary>
    public long Beyond => Parts.IsEmpty ? Elements - (NodeFacts.FewestElements - 1) : Elements;
}
