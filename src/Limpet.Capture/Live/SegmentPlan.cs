using Limpet.Heap;

namespace Limpet.Capture.Live;

/// <summary>One segment to decode, and what came of it.</summary>
internal sealed class SegmentPlan(ulong start, ulong end, HeapGeneration generation, (ulong Start, ulong End)[] gaps)
{
    public ulong Start => start;

    public ulong End => end;

    public HeapGeneration Generation => generation;

    /// <summary>Allocation contexts within the segment, by address: memory that threads may fill at any moment.</summary>
    public (ulong Start, ulong End)[] Gaps => gaps;

    /// <summary>Which worker decoded it.</summary>
    public int Worker { get; set; }

    /// <summary>Index of its first object among the nodes of that worker.</summary>
    public int FirstLocalNode { get; set; }

    public int NodeCount { get; set; }

    /// <summary>Where decoding had to stop, 0 when it reached the end.</summary>
    public ulong BrokenAt { get; set; }

    /// <summary>How long decoding it took.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>Bytes that were decoded.</summary>
    public long Walked => (long)((BrokenAt == 0 ? End : BrokenAt) - Start);
}
