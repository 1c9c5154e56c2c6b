using Limpet.Capture.Live;
using Limpet.Heap;

namespace Limpet.Capture.Tests;

public sealed class WalkSampleTests
{
    private const ulong Region = 4 << 20;

    [Fact]
    public void Of_HeapOfTwiceTheSample_IsWalkedWhole()
    {
        List<SegmentPlan> heap = Regions(HeapGeneration.Gen2, at: 1, count: 32);

        Assert.Equal(heap, WalkSample.Of(heap));
    }

    [Fact]
    public void Of_LargeHeap_TakesOfEachGenerationInProportion()
    {
        List<SegmentPlan> heap =
        [
            .. Regions(HeapGeneration.Gen0, at: 1, count: 64),
            .. Regions(HeapGeneration.Gen2, at: 1_000, count: 192),
            .. Regions(HeapGeneration.Large, at: 10_000, count: 256),
        ];

        List<SegmentPlan> sample = WalkSample.Of(heap);

        Assert.Equal([2, 6, 8], new[] { HeapGeneration.Gen0, HeapGeneration.Gen2, HeapGeneration.Large }.Select(generation => sample.Count(segment => segment.Generation == generation)));
    }

    [Fact]
    public void Of_OneLargeSegmentAmongSmall_IsNoReasonToTakeNothingElse()
    {
        List<SegmentPlan> heap = [.. Regions(HeapGeneration.Gen2, at: 1, count: 100), new SegmentPlan(1UL << 40, (1UL << 40) + (1UL << 30), HeapGeneration.Large, [])];

        Assert.Contains(WalkSample.Of(heap), segment => segment.Generation == HeapGeneration.Gen2);
    }

    private static List<SegmentPlan> Regions(HeapGeneration generation, ulong at, int count) =>
        [.. Enumerable.Range(0, count).Select(index => new SegmentPlan((at + (ulong)index) * Region, (at + (ulong)index + 1) * Region, generation, []))];
}
