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

    [Fact]
    public void Predict_GenerationsOfDifferentCost_GoEachByItsOwn()
    {
        List<SegmentPlan> small = Regions(HeapGeneration.Gen2, at: 1, count: 100);
        List<SegmentPlan> large = Regions(HeapGeneration.Large, at: 1_000, count: 20);
        TimeSpan time = WalkSample.Predict([.. small, .. large], [Took(small[0], 10), Took(small[1], 20), Took(large[0], 1)], workers: 2);

        Assert.Equal(((100 * 15) + (20 * 1)) / 2.0, time.TotalMilliseconds, 0.01);
    }

    [Fact]
    public void Predict_OneSegmentThatIsMostOfTheHeap_IsOneWorkersWork()
    {
        SegmentPlan large = Took(new SegmentPlan(1UL << 40, (1UL << 40) + (100 * Region), HeapGeneration.Large, []), 100);
        List<SegmentPlan> small = Regions(HeapGeneration.Gen2, at: 1, count: 4);

        Assert.Equal(100, WalkSample.Predict([large, .. small], [large, Took(small[0], 1)], workers: 2).TotalMilliseconds, 0.01);
    }

    [Fact]
    public void Predict_SegmentThatBrokeOff_CountsForWhatWasWalked()
    {
        SegmentPlan half = Took(new SegmentPlan(Region, 2 * Region, HeapGeneration.Gen0, []), 5);
        half.BrokenAt = Region + (Region / 2);

        Assert.Equal(10, WalkSample.Predict([half], [half], workers: 1).TotalMilliseconds, 0.01);
    }

    [Fact]
    public void Predict_GenerationThatIsNotInTheSample_CostsWhatTheOthersDo()
    {
        List<SegmentPlan> small = Regions(HeapGeneration.Gen2, at: 1, count: 2);
        List<SegmentPlan> pinned = Regions(HeapGeneration.Pinned, at: 1_000, count: 2);

        Assert.Equal(4 * 3, WalkSample.Predict([.. small, .. pinned], [Took(small[0], 3)], workers: 1).TotalMilliseconds, 0.01);
    }

    private static SegmentPlan Took(SegmentPlan segment, double milliseconds)
    {
        segment.Time = TimeSpan.FromMilliseconds(milliseconds);
        return segment;
    }

    private static List<SegmentPlan> Regions(HeapGeneration generation, ulong at, int count) =>
        [.. Enumerable.Range(0, count).Select(index => new SegmentPlan((at + (ulong)index) * Region, (at + (ulong)index + 1) * Region, generation, []))];
}
