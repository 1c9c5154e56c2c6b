using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

public sealed class GrowthOfBytesTests
{
    private static readonly VerdictOptions s_runtime = new() { RuntimeBytes = 8 << 20 };

    /// <summary>A pool of threads that grows, with an arena of malloc now and then: each window and the dose grow, but one round brought half of it.</summary>
    [Fact]
    public void Bytes_OfWhichOneRoundBroughtMost_AreNoLeakEvenWhenTheBudgetIsUsedUp()
    {
        DrawnRun jumps = DrawnRun.Standard(pace: 0.1).Reads((operations, round) => (operations * 1000) + (round > 7 ? 600_000 : 0) + (round > 13 ? 700_000 : 0));

        Judgement judgement = jumps.Judge(budgetUsedUp: true, MetricNature.Bytes);
        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.Equal("It grew by 1919000 B, and one of 11 rounds brought 525687 B of them beyond its share.", judgement.Reason);
        Assert.Equal(GrowthShape.Growing, jumps.Judge(budgetUsedUp: true, MetricNature.Bytes, VerdictOptions.Default with { LargestJump = 1 }).Shape);
        Assert.Equal(GrowthShape.Growing, DrawnRun.Standard(pace: 0.1).Reads((operations, _) => operations * 1000).Judge(budgetUsedUp: true, MetricNature.Bytes).Shape);
    }

    [Fact]
    public void NativeMemory_ThatGrowsByFourKibibytesAnOperation_Grows()
    {
        var random = new Random(5);
        Judgement judgement = DrawnRun.Standard().Reads((operations, _) => 9e7 + (operations * 4096) + random.Next(-20_000, 20_000)).Judge(nature: MetricNature.Bytes);

        Assert.Equal(GrowthShape.Growing, judgement.Shape);
        Assert.Equal(4096, judgement.PerOperation, 200.0);
        Assert.InRange(judgement.NoiseFloor, 1, 40_000);
    }

    /// <summary>In a run of hours not every round is tried as an onset, and not every one is a point of the trend.</summary>
    [Theory]
    [InlineData(0, 4096, GrowthShape.Growing)]
    [InlineData(611, 4096, GrowthShape.Growing)]
    [InlineData(0, 0, GrowthShape.Flat)]
    public void NativeMemory_OverThousandRounds_IsJudgedAsOverTwenty(int onset, int each, GrowthShape expected)
    {
        var random = new Random(5);
        DrawnRun run = DrawnRun.Standard();
        for (int round = 0; round < 1000; round++)
        {
            run.Add(round % 4 < 2 ? RoundKind.Base : RoundKind.Dose, round % 4 < 2 ? DrawnRun.BaseOperations : DrawnRun.DoseOperations);
        }

        double begin = run.History.Rounds.Take(onset + 2).Sum(round => round.Operations);
        Judgement judgement = run.Reads((operations, _) => 9e7 + (Math.Max(0, operations - begin) * each) + random.Next(-20_000, 20_000)).Judge(nature: MetricNature.Bytes);

        Assert.True(expected == judgement.Shape, judgement.Reason);
        Assert.InRange(judgement.PerOperation, (0.95 * each) - 2, (1.05 * each) + 2);
    }

    [Fact]
    public void NativeMemory_BelowTheFloor_IsFlat() =>
        Assert.Equal(
            GrowthShape.Flat, DrawnRun.Standard().Reads((operations, _) => 9e7 + (operations * 300)).Judge(nature: MetricNature.Bytes).Shape);

    [Fact]
    public void NativeMemory_BarelyAboveTheFloor_IsNotCalledALeak()
    {
        Judgement judgement = DrawnRun.Standard().Reads((operations, round) => 9e7 + (operations * 428) + ((round + 1) % 2 * 9000)).Judge(true, MetricNature.Bytes);

        Assert.InRange(judgement.TotalGrowth, 262_145, 300_000);
        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
    }

    /// <summary>
    /// Read from a program that answers in 50 ms and keeps nothing: what two collections a reading run is compiled anew after 30 of them. The second row is rounded; the last one
    /// is made from that above it, and goes on in its last rounds.
    /// </summary>
    [Theory]
    [InlineData(GrowthShape.Step, 7700480, 8536064, 9080832, 9510912, 9519104, 9437184, 9433088, 9441280, 10027008, 9957376, 9994240, 9895936, 9961472, 10125312, 9920512, 11530240, 11395072, 11632640, 11550720)]
    [InlineData(GrowthShape.Step, 8240000, 8580000, 9070000, 10160000, 10170000, 10150000, 10080000, 10090000, 10610000, 10540000, 10580000, 10480000, 10740000, 10920000, 12350000, 12250000, 12180000, 12350000, 13000000)]
    [InlineData(GrowthShape.Step, 7745536, 8519680, 9072640, 9244672, 9252864, 9170944, 9170944, 9179136, 9961472, 9891840, 9932800, 9834496, 9895936, 10055680, 9854976, 10821632, 10686464, 10919936, 10838016)]
    [InlineData(GrowthShape.Step, 8757248, 9494528, 9797632, 9940992, 9949184, 9875456, 9859072, 10448896, 10698752, 10629120, 10493952, 10571776, 10629120, 10571776, 10436608, 12156928, 11886592, 12128256, 11915264)]
    [InlineData(GrowthShape.Step, 7888896, 8658944, 9105408, 10199040, 10207232, 10219520, 10211328, 10219520, 10735616, 10665984, 10702848, 10604544, 10670080, 10825728, 10510336, 10489856, 10821632, 10989568, 11177984)]
    [InlineData(GrowthShape.Undecided, 8757248, 9494528, 9797632, 9940992, 9949184, 9875456, 9859072, 10448896, 10698752, 10629120, 10493952, 10571776, 10629120, 10571776, 10436608, 10156928, 10086592, 11128256, 12115264)]
    public void NativeMemory_ThatRoseInAFewSteps_IsAStepWhenTheBudgetIsUsedUp(GrowthShape expected, params int[] readings)
    {
        DrawnRun run = new DrawnRun().Add(RoundKind.Warmup, 3).Add(RoundKind.Warmup, 17);
        foreach (char round in "BBIBBIBBIBBBDDDDD")
        {
            run.Add(round switch { 'B' => RoundKind.Base, 'D' => RoundKind.Dose, _ => RoundKind.Idle }, round switch { 'B' => 37, 'D' => 67, _ => 0 }, seconds: 2);
        }

        run.Reads([.. readings.Select(reading => (double)reading)]);

        Assert.Equal(expected, run.Judge(budgetUsedUp: true, MetricNature.Bytes, s_runtime).Shape);
        Assert.Equal(GrowthShape.Undecided, run.Judge(budgetUsedUp: false, MetricNature.Bytes, s_runtime).Shape);
        Assert.Equal(GrowthShape.Undecided, run.Judge(budgetUsedUp: true, MetricNature.Bytes).Shape);
    }

    /// <summary>What leaks in every third round, from the middle on, or more than a runtime takes.</summary>
    [Theory]
    [InlineData(300_000, 0, 2)]
    [InlineData(400_000, 9, 1)]
    [InlineData(5_000_000, 3, 4)]
    public void NativeMemory_ThatComesOftenOrLateOrIsMuch_IsNoStep(int bytes, int from, int every) => Assert.NotEqual(
        GrowthShape.Step,
        DrawnRun.Standard(pace: 0.06).Reads((_, round) => 9e7 + (Math.Max(0, (round - from) / every) * bytes)).Judge(budgetUsedUp: true, MetricNature.Bytes, s_runtime).Shape);

    [Fact]
    public void NativeMemory_WithOneStepOfTenMebibytes_IsAStep() =>
        Assert.Equal(
            GrowthShape.Step, DrawnRun.Standard().Reads((operations, round) => 9e7 + (round > 7 ? 10 << 20 : 0)).Judge(nature: MetricNature.Bytes).Shape);

    [Fact]
    public void NativeMemory_ThatFluctuatesByMebibytes_NeverGrows()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            DrawnRun run = DrawnRun.Standard().Reads((_, _) => 9e7 + random.Next(4 << 20));
            Assert.False(run.Judge(nature: MetricNature.Bytes).Grows, $"seed {seed}: {run}");
            Assert.False(run.Judge(true, MetricNature.Bytes).Grows, $"seed {seed}: {run}");
        }
    }
}
