using System.Collections.Immutable;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>The largest arrays and how full those of references are: a reference that is null is no edge.</summary>
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
        long filled = graph.SlotsOf(node).Count(EdgeSlot.ArrayElement);

        // Without any element it cannot be told from an array of numbers, and of more dimensions its head is longer.
        return filled > 0 && graph.TypeOf(node).Name.EndsWith("[]", StringComparison.Ordinal)
            ? array with { Length = (graph.SizeOf(node) - Head) / 8, Filled = filled }
            : array;
    }
}
