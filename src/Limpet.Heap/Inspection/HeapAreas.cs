using System.Collections.Immutable;
using Limpet.Heap.Dominators;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>Generations and heaps: what roots reach in each, what is garbage, and how much lies free between objects. O(nodes).</summary>
internal static class HeapAreas
{
    public static ImmutableArray<HeapArea> Of(DominatorTree dominators) =>
    [
        .. dominators.Graph.Addresses.Segments
            .Select(segment => Of(dominators, segment))
            .GroupBy(area => area.Generation)
            .OrderBy(group => group.Key)
            .Select(group => new HeapArea(
                group.Key.ToString(),
                group.Count(),
                group.Sum(area => area.Objects),
                new ByteSize(group.Sum(area => area.Bytes)),
                group.Sum(area => area.GarbageObjects),
                new ByteSize(group.Sum(area => area.GarbageBytes)),
                new ByteSize(group.Sum(area => area.Free)))),
    ];

    private static (HeapGeneration Generation, long Objects, long Bytes, long GarbageObjects, long GarbageBytes, long Free) Of(DominatorTree dominators, HeapSegment segment)
    {
        long objects = 0;
        long bytes = 0;
        long all = 0;
        for (int node = segment.FirstNode; node < segment.FirstNode + segment.NodeCount; node++)
        {
            NodeIndex index = new(node);
            long size = dominators.Graph.SizeOf(index);
            all += size;
            if (dominators.IsReached(index))
            {
                objects++;
                bytes += size;
            }
        }

        return (segment.Generation, objects, bytes, segment.NodeCount - objects, all - bytes, Math.Max(0, (long)(segment.End - segment.Start) - all));
    }
}
