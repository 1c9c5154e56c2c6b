using Limpet.Heap.Holders;

namespace Limpet.Heap.Paths;

/// <summary>
/// The collections and buffers that roots reach and that tell how many elements they have. Queues and bags that several threads use keep their elements in parts that come and go: these are added up.
/// O(facts); some 100 bytes a part while they are.
/// </summary>
public static class CountedCollections
{
    /// <summary>All of them, in no particular order.</summary>
    public static IEnumerable<CountedCollection> Of(ShortestPathTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        Dictionary<NodeIndex, (long Elements, List<NodeIndex> Parts)> inParts = [];
        foreach ((NodeIndex node, ulong count) in tree.Graph.Facts.Of(FactKind.Elements).Where(fact => tree.IsReached(fact.Node) && !IsEarlierPiece(tree, fact.Node)))
        {
            NodeIndex whole = WholeOf(tree, node);
            if (whole == node)
            {
                yield return new CountedCollection(node, (long)count, []);
                continue;
            }

            (long elements, List<NodeIndex> parts) = inParts.TryGetValue(whole, out var known) ? known : (0, []);
            parts.Add(node);
            inParts[whole] = (elements + (long)count, parts);
        }

        foreach ((NodeIndex whole, (long elements, List<NodeIndex> parts)) in inParts)
        {
            yield return new CountedCollection(whole, elements, [.. parts]);
        }
    }

    /// <summary>Whether a later piece of the same whole holds it, which counts what is in both.</summary>
    private static bool IsEarlierPiece(ShortestPathTree tree, NodeIndex node) =>
        FrameworkTypes.IsInPieces(tree.Graph.TypeOf(node).Name)
        && tree.ParentOf(node) is { IsNone: false } holder
        && tree.Graph.TypeIndexOf(holder) == tree.Graph.TypeIndexOf(node);

    private static NodeIndex WholeOf(ShortestPathTree tree, NodeIndex part)
    {
        NodeIndex at = part;
        while (FrameworkTypes.IsPartWithCount(tree.Graph.TypeOf(at).Name) && tree.ParentOf(at) is { IsNone: false } holder)
        {
            at = holder;
        }

        return at;
    }
}
