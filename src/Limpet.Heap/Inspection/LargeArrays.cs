using System.Collections.Immutable;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>The largest arrays and how full those of references are, and those that dictionaries and sets keep their entries in: a reference that is null is no edge.</summary>
internal static class LargeArrays
{
    /// <summary>From here on an object goes to the large object heap (the runtime's default of <c>GCLOHThreshold</c>).</summary>
    private const long Large = 85_000;

    /// <summary>Header, method table and length of an array of one dimension that begins at 0.</summary>
    private const long Head = 24;

    public static ImmutableArray<LargeArray> Of(MergedPaths merged, int most)
    {
        HeapGraph graph = merged.Graph;
        return
        [
            .. Enumerable.Range(0, graph.NodeCount)
                .Select(node => new NodeIndex(node))
                .Where(node => graph.SizeOf(node) >= Large && graph.TypeOf(node).IsArray && merged.Tree.IsReached(node))
                .OrderByDescending(graph.SizeOf)
                .Take(most)
                .Select(node => Describe(merged, node)),
        ];
    }

    private static LargeArray Describe(MergedPaths merged, NodeIndex node)
    {
        HeapGraph graph = merged.Graph;
        LargeArray array = new(
            SourceNames.Type(graph.TypeOf(node).Name),
            graph.Addresses.AddressOf(node),
            new ByteSize(graph.SizeOf(node)),
            GrowthContainer.Above(merged.Paths.StepsTo(merged.PathOf(node))).Name);
        return IsOfReferences(graph, node) ? array with { Length = (graph.SizeOf(node) - Head) / 8, Filled = graph.SlotsOf(node).Count(EdgeSlot.ArrayElement) }
            : HasReferences(graph, node) && BucketsBeside(merged, node) is { } buckets ? array with { Length = buckets, Filled = FilledStructs(graph, node) }
            : array;
    }

    /// <summary>Of more dimensions its head is longer. Without any element it can be told from an array of numbers only where the source tells more of types than names.</summary>
    private static bool IsOfReferences(HeapGraph graph, NodeIndex node)
    {
        HeapType type = graph.TypeOf(node);
        return type.Name.EndsWith("[]", StringComparison.Ordinal)
            && (graph.SlotsOf(node).Contains(EdgeSlot.ArrayElement)
                || (!type.BaseTypes.IsEmpty && type.SlotNames.IsEmpty && (type.Traits & TypeTraits.NoReferences) == 0));
    }

    /// <summary>Elements that are structs with references in them: of others it cannot be told which are empty.</summary>
    private static bool HasReferences(HeapGraph graph, NodeIndex node) => !graph.TypeOf(node).SlotNames.IsEmpty || !graph.SlotsOf(node).IsEmpty;

    /// <summary>Dictionaries and sets of the framework have as many buckets as entries, and a bucket is a number of four bytes. Their number is odd, so that one that is not there fills the last word.</summary>
    private static long? BucketsBeside(MergedPaths merged, NodeIndex entries)
    {
        NodeIndex collection = merged.Tree.ParentOf(entries);
        NodeIndex buckets = collection.IsNone ? NodeIndex.None : TracePath.Follow(merged.Graph, collection, member => member == "_buckets");
        return buckets.IsNone || buckets == entries || merged.Graph.TypeOf(buckets).Name != "System.Int32[]" ? null : ((merged.Graph.SizeOf(buckets) - Head) / sizeof(int)) - 1;
    }

    /// <summary>Elements that are structs: as many as the reference that most of them have.</summary>
    private static long FilledStructs(HeapGraph graph, NodeIndex node)
    {
        long[] bySlot = new long[byte.MaxValue + 1];
        foreach (byte slot in graph.SlotsOf(node))
        {
            bySlot[slot]++;
        }

        return bySlot.Max();
    }
}
