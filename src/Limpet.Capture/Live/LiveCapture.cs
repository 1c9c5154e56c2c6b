using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Capture;

/// <summary>A captured heap.</summary>
/// <param name="Graph">The objects and references; to be disposed by its owner.</param>
/// <param name="Timings">Where the time went.</param>
/// <param name="CommittedHeap">Memory that the collector has committed for its segments.</param>
public sealed record LiveCapture(HeapGraph Graph, CaptureTimings Timings, ByteSize CommittedHeap)
{
    /// <summary>The part of the heap's bytes that could not be read, from 0 to 1; 1 where a collection was moving objects all the time.</summary>
    public double UnreadShare { get; init; }

    /// <summary>Where the resident memory of the process went, in the same stop; null unless it was asked for.</summary>
    public MemoryTable? Memory { get; init; }
}
