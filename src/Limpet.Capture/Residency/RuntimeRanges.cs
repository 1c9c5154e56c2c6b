using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Residency;

/// <summary>Which memory is the runtime's, and for what, as its own tables say.</summary>
internal static class RuntimeRanges
{
    /// <summary>Ranks: objects lie within what is committed for them, and heaps within what is reserved for them.</summary>
    public const int LowestRank = 4;

    public static IEnumerable<ClaimedRange> Of(ClrRuntime runtime)
    {
        foreach (ClrSegment segment in runtime.Heap.Segments)
        {
            yield return new ClaimedRange(segment.ObjectRange.Start, segment.ObjectRange.End, MemoryUse.GcLive, 0);
            yield return new ClaimedRange(segment.CommittedMemory.Start, segment.CommittedMemory.End, MemoryUse.GcUnused, 1);
        }

        foreach (ClrNativeHeapInfo heap in runtime.EnumerateClrNativeHeaps())
        {
            if (UseOf(heap.Kind) is { } use)
            {
                yield return new ClaimedRange(heap.MemoryRange.Start, heap.MemoryRange.End, use, heap.State == ClrNativeHeapState.RegionOfRegions ? LowestRank : use == MemoryUse.GcUnused ? 3 : 2);
            }
        }
    }

    private static MemoryUse? UseOf(NativeHeapKind kind) => kind switch
    {
        NativeHeapKind.LoaderCodeHeap or NativeHeapKind.HostCodeHeap => MemoryUse.Code,
        NativeHeapKind.GCBookkeeping or NativeHeapKind.HandleTable => MemoryUse.GcTables,
        NativeHeapKind.GCFreeRegion => MemoryUse.GcUnused,
        NativeHeapKind.Unknown => null,
        _ => MemoryUse.LoaderHeaps,
    };
}
