using System.Collections.Immutable;
using Limpet.Heap.Dominators;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>The collections with the most elements, be these objects or not.</summary>
internal static class FullestCollections
{
    /// <summary>The fullest and the number of the others, of all that have <see cref="NodeFacts.FewestElements"/> or more.</summary>
    public static (ImmutableArray<FullCollection> Fullest, int Omitted) Of(MergedPaths merged, DominatorTree dominators, int most)
    {
        int counted = 0;
        FullCollection[] fullest =
        [
            .. CountedCollections.Of(merged.Tree)
                .Where(collection => collection.Elements >= NodeFacts.FewestElements && !FrameworkTypes.IsBuffer(merged.Graph.TypeOf(collection.Node).Name) && ++counted > 0)
                .OrderByDescending(collection => collection.Elements)
                .ThenBy(collection => collection.Node.Value)
                .Take(most)
                .Select(collection => Describe(merged, dominators, collection)),
        ];
        return ([.. fullest], counted - fullest.Length);
    }

    private static FullCollection Describe(MergedPaths merged, DominatorTree dominators, CountedCollection collection)
    {
        HeapGraph graph = merged.Graph;
        return new FullCollection(
            SourceNames.Type(graph.TypeOf(collection.Node).Name),
            graph.Addresses.AddressOf(collection.Node),
            collection.Elements,
            new ByteSize(WithArrays(merged.Tree, collection.Node) + collection.Parts.Sum(part => WithArrays(merged.Tree, part))),
            new ByteSize(dominators.RetainedBy(collection.Node).Bytes),
            GrowthContainer.Above(merged.Paths.StepsTo(merged.PathOf(collection.Node))).Name);
    }

    /// <summary>Arrays that something else is nearer to are not counted: those are not the collection's own.</summary>
    private static long WithArrays(ShortestPathTree tree, NodeIndex owner)
    {
        HeapGraph graph = tree.Graph;
        long bytes = graph.SizeOf(owner);
        foreach (int target in graph.TargetsOf(owner).ToArray().Distinct())
        {
            NodeIndex held = new(target);
            bytes += graph.TypeOf(held).IsArray && tree.ParentOf(held) == owner ? graph.SizeOf(held) : 0;
        }

        return bytes;
    }
}
