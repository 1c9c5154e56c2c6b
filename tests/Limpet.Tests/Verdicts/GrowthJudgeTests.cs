using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

public sealed class GrowthJudgeTests
{
    [Fact]
    public void Leak_OfOnePerOperation_SaysSoWithItsNumbers()
    {
        Judgement judgement = DrawnRun.Standard().Reads((operations, _) => 100 + operations).Judge();

        Assert.Equal(GrowthShape.Growing, judgement.Shape);
        Assert.Equal(1, judgement.PerOperation, 9);
        Assert.Equal(1, judgement.WeakestPerOperation, 9);
        Assert.Equal(619, judgement.TotalGrowth);
        Assert.Equal(11, judgement.RoundsJudged);
        Assert.Equal(11, judgement.GrowingRounds);
        Assert.Equal(704, judgement.SeenUpToOperations);
        Assert.Equal(83 / 41.0, judgement.Dose!.Expected, 9);
        Assert.Equal(83 / 41.0, judgement.Dose.Measured, 9);
        Assert.False(judgement.NeedsMoreRounds);
        Assert.Equal(
            "+1.00 per operation in 11 of 11 rounds, at least +1.00 in the weakest; 2.02 times the work brought 2.02 times the growth; "
            + "seen up to 704 operations and for 19 seconds, a cap above that is not excluded.",
            judgement.Reason);
    }

    [Fact]
    public void Leak_ByTime_NamesTimeAsTheBetterExplanation()
    {
        DrawnRun run = DrawnRun.Standard().Add(RoundKind.Idle, 0, seconds: 1.22).Add(RoundKind.Idle, 0, seconds: 1.22);

        Judgement judgement = Ticks(run).Judge();

        Assert.Equal(GrowthShape.GrowingWithTime, judgement.Shape);
        Assert.Equal(10, judgement.PerSecond, 0.5);
        Assert.StartsWith("+", judgement.Reason, StringComparison.Ordinal);
        Assert.Contains("per second, driven or not", judgement.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Leak_ByTimeThatWasNotDoubled_AsksForIdleRounds()
    {
        Judgement judgement = Ticks(DrawnRun.Standard(pace: 0.01)).Judge();

        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.True(judgement.NeedsMoreRounds);
        Assert.Equal(RoundKind.Idle, judgement.Wanted);
    }

    [Fact]
    public void Growth_WithTheTimeInUse_IsUndecidedThoughItFollowsTheDose()
    {
        DrawnRun run = DrawnRun.Standard(pace: 0.06);

        foreach (bool budgetUsedUp in new[] { false, true })
        {
            Judgement judgement = Opens(run).Judge(budgetUsedUp: budgetUsedUp);

            Assert.Equal(GrowthShape.Undecided, judgement.Shape);
            Assert.InRange(judgement.Dose!.Measured, 0.8 * judgement.Dose.Expected, judgement.Dose.Expected);
            Assert.Matches(
                @"^It grew by \d+ with the time in use, not with the operations: \+(9\.\d\d|10\.00) per second through \d\d of 120 seconds; what opens by time may close by time, and a longer run would tell\.$", judgement.Reason);
        }
    }

    /// <summary>The silences stand in the readings, though those at their ends were refused.</summary>
    [Fact]
    public void Growth_WithTheTimeInUse_IsSeenWhereReadingsWereRefused()
    {
        DrawnRun run = DrawnRun.Standard(pace: 0.06);
        DrawnRun refused = Opens(run).Change((index, value) => run.History.Rounds[index].Kind == RoundKind.Idle ? double.NaN : value);

        Assert.Contains("with the time in use, not with the operations", refused.Judge().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Growth_WithoutAnySilence_IsUndecidedAndAsksForIt()
    {
        DrawnRun run = new DrawnRun().Add(RoundKind.Warmup, 3).Add(RoundKind.Warmup, 41);
        for (int round = 0; round < 16; round++)
        {
            run.Add(round % 4 < 2 ? RoundKind.Base : RoundKind.Dose, round % 4 < 2 ? 83 : 167);
        }

        run.Reads((operations, _) => operations);
        Judgement judgement = run.Judge();

        Assert.Equal((GrowthShape.Undecided, true), (judgement.Shape, judgement.WantsSilence));
        Assert.Equal("It grew by 1917 in 1917 operations and 44 seconds, and silence between the operations did not tell which of the two it follows.", judgement.Reason);
        Assert.Equal(GrowthShape.Growing, run.Judge(budgetUsedUp: true).Shape);
    }

    [Fact]
    public void Growth_WithTheTimeInUse_ThatOutlastsEveryWindow_IsALeak()
    {
        DrawnRun run = DrawnRun.Standard(pace: 0.06);

        Assert.Equal(GrowthShape.Growing, Opens(run).Judge(budgetUsedUp: true, options: new VerdictOptions { LongestWindow = TimeSpan.FromSeconds(30) }).Shape);
    }

    [Fact]
    public void Growth_ByTheReadingsThemselves_IsNotTheProgramsOwn()
    {
        Judgement judgement = DrawnRun.Standard().Change((index, _) => index * 3).Judge();

        Assert.Equal(GrowthShape.Flat, judgement.Shape);
        Assert.Equal(
            "It grew by 42 over 14 readings, the same with each, driven or not: the readings themselves leave it behind.", judgement.Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void FirstDelta_OfAnySize_IsDropped(int sign)
    {
        Judgement judgement = DrawnRun.Standard().Reads((_, round) => round < 3 ? 1000 : 1000 + (sign * 900)).Judge();

        Assert.Equal(GrowthShape.Flat, judgement.Shape);
        Assert.Equal(0, judgement.TotalGrowth);
    }

    [Fact]
    public void Step_SeenByAToolThatWasWrongAboutIt_IsAStep()
    {
        Judgement judgement = DrawnRun.Standard().Reads((_, round) => round <= 6 ? 924 : 1297).Judge();

        Assert.Equal(GrowthShape.Step, judgement.Shape);
        Assert.False(judgement.NeedsMoreRounds);
        Assert.Equal("It rose by 373 in 1 of 11 rounds and stayed there for the last 7.", judgement.Reason);
    }

    [Fact]
    public void Step_InTheLastRoundButOne_EarnsMoreRoundsAndIsAStepWithoutThem()
    {
        DrawnRun run = DrawnRun.Standard().Reads((_, round) => round < 13 ? 5 : 500);

        Assert.True(run.Judge().NeedsMoreRounds);
        Assert.Equal(GrowthShape.Step, run.Judge(budgetUsedUp: true).Shape);
        Assert.False(run.Judge(budgetUsedUp: true).NeedsMoreRounds);
    }

    [Fact]
    public void Step_InTheLastRound_IsUndecided() =>
        Assert.Equal(GrowthShape.Undecided, DrawnRun.Standard().Reads((_, round) => round < 14 ? 5 : 500).Judge(budgetUsedUp: true).Shape);

    [Fact]
    public void Steps_ThatHappenToFitTheDose_AreNotALeak()
    {
        Judgement judgement = DrawnRun.Standard().Reads((_, round) => (round > 6 ? 100 : 0) + (round > 13 ? 115 : 0)).Judge(budgetUsedUp: true);

        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.Equal("It grew by 215, but not in every part of the 11 rounds.", judgement.Reason);
    }

    [Fact]
    public void Plateau_AfterThreeRoundsOfGrowth_IsBounded()
    {
        Judgement judgement = DrawnRun.Standard().Reads((_, round) => Math.Min(round, 8) * 40).Judge();

        Assert.Equal(GrowthShape.Bounded, judgement.Shape);
        Assert.Equal("It grew by 200 in 5 rounds and then stopped for 6.", judgement.Reason);
    }

    [Fact]
    public void Plateau_ReachedInTheLastRounds_EarnsMoreRounds()
    {
        Judgement judgement = DrawnRun.Standard().Reads((operations, _) => Math.Min(operations, 500)).Judge();

        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.True(judgement.NeedsMoreRounds);
    }

    [Fact]
    public void SawTooth_WithinTheRun_Oscillates()
    {
        Judgement judgement = DrawnRun.Standard().Reads((_, round) => round % 4 * 41).Judge();

        Assert.Equal(GrowthShape.Oscillating, judgement.Shape);
        Assert.False(judgement.NeedsMoreRounds);
    }

    [Fact]
    public void SawTooth_RisingToItsEarlierPeak_IsNotALeakEvenWhenTheBudgetIsUsedUp()
    {
        Judgement judgement = DrawnRun.Standard().Reads((operations, _) => operations % 371).Judge(budgetUsedUp: true);

        Assert.Equal(GrowthShape.Oscillating, judgement.Shape);
    }

    /// <summary>The shape that kept a harmless program from being decided through 51 rounds; what held these few objects is not known.</summary>
    [Fact]
    public void FewerThanCountAsGrowth_ThatFallBackByHalf_OscillateWhenTheBudgetIsUsedUp()
    {
        DrawnRun run = DrawnRun.Standard().Reads(48, 48, 48, 40, 40, 48, 48, 48, 40, 48, 48, 56, 48, 56, 64, 56, 64);

        Assert.Equal("It grew by 16, but fell by 8 on the way, over 10% of it.", run.Judge().Reason);
        Assert.Equal(GrowthShape.Oscillating, run.Judge(budgetUsedUp: true).Shape);
        Assert.Equal(GrowthShape.Undecided, run.Change((_, value) => 2 * value).Judge(budgetUsedUp: true).Shape);
    }

    [Fact]
    public void Alternation_WithAnOddNumberOfReadings_IsNotALeak() =>
        Assert.Equal(GrowthShape.Oscillating, DrawnRun.Standard().Reads((_, round) => round % 2 * 300).Judge().Shape);

    [Fact]
    public void Growth_ByTheSameInBaseAndDoseRounds_IsNotConfirmed()
    {
        Judgement judgement = DrawnRun.Standard().Reads((_, round) => round * 50).Judge(budgetUsedUp: true);

        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.Equal(1, judgement.Dose!.Measured, 9);
        Assert.StartsWith("Dose not confirmed: 2.02 times the work brought 1.00 times the growth;", judgement.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Growth_WithoutDoseRounds_AsksForThem()
    {
        var run = new DrawnRun();
        for (int i = 0; i < 20; i++)
        {
            run.Add(i < 2 ? RoundKind.Warmup : RoundKind.Base, 41, i * 41);
        }

        Judgement judgement = run.Judge();

        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.Equal(RoundKind.Dose, judgement.Wanted);
    }

    [Fact]
    public void Growth_ThroughTooFewRounds_IsALeakOnlyWhenTheBudgetIsUsedUp()
    {
        var run = new DrawnRun();
        run.Add(RoundKind.Warmup, 41, 41).Add(RoundKind.Base, 41, 82).Add(RoundKind.Base, 41, 123).Add(RoundKind.Base, 41, 164)
            .Add(RoundKind.Dose, 83, 247).Add(RoundKind.Dose, 83, 330);

        Assert.Equal(GrowthShape.Undecided, run.Judge().Shape);
        Assert.Equal("Too few rounds: it grew by 248 through 4 of 8 rounds and 248 of 600 operations.", run.Judge().Reason);
        Assert.Equal(GrowthShape.Growing, run.Judge(budgetUsedUp: true).Shape);
    }

    [Fact]
    public void Growth_ThroughTooFewOperationsInTooLittleTime_IsALeakOnlyWhenItIsSteady()
    {
        DrawnRun run = DrawnRun.Standard(baseOperations: 7, doseOperations: 13).Reads((operations, _) => operations);
        DrawnRun unsteady = DrawnRun.Standard(7, 13).Reads((operations, round) => operations + (round % 2 * 4));

        Assert.Equal(GrowthShape.Growing, run.Judge(budgetUsedUp: true).Shape);
        Assert.Equal(GrowthShape.Undecided, unsteady.Judge(budgetUsedUp: true).Shape);
        Assert.Equal("Too few operations: it grew by 97 through 101 of 600 operations and 9 of 15 seconds.", unsteady.Judge(budgetUsedUp: true).Reason);
    }

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

    /// <summary>Windows of a circuit breaker, some of which end while others begin.</summary>
    [Fact]
    public void Growth_ThatStopsAndWavers_IsBounded()
    {
        DrawnRun run = DrawnRun.Standard().Reads(1, 12, 41, 76, 76, 113, 142, 142, 184, 220, 220, 227, 222, 227, 220, 214, 227);

        Assert.Equal(GrowthShape.Bounded, run.Judge(budgetUsedUp: true).Shape);
        Assert.Equal("It grew by 179 in 5 rounds and then stopped for 6.", run.Judge(budgetUsedUp: true).Reason);
    }

    [Fact]
    public void Flat_ThroughTooFewRounds_IsUndecided()
    {
        var run = new DrawnRun();
        run.Add(RoundKind.Warmup, 41, 7).Add(RoundKind.Base, 41, 7).Add(RoundKind.Base, 41, 7);

        Assert.Equal(GrowthShape.Undecided, run.Judge().Shape);
        Assert.Equal("Too few rounds: 2 measured, 4 needed.", run.Judge(budgetUsedUp: true).Reason);
    }

    [Fact]
    public void Readings_MostlyRefused_AreUndecided()
    {
        Judgement judgement = DrawnRun.Standard().Reads((_, round) => round % 4 == 0 ? 5 : double.NaN).Judge(budgetUsedUp: true);

        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.EndsWith("readings were refused.", judgement.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_RefusedOnce_IsMergedAndNotTakenForZero()
    {
        Judgement judgement = DrawnRun.Standard().Reads((operations, _) => operations).Change((index, value) => index == 6 ? double.NaN : value).Judge();

        Assert.Equal(GrowthShape.Growing, judgement.Shape);
        Assert.Equal(1, judgement.PerOperation, 9);
    }

    [Fact]
    public void Growth_OfTheSizeOfTheNoise_IsUndecided()
    {
        Judgement judgement = DrawnRun.Standard().Reads((operations, _) => Math.Floor(operations * 0.15))
            .Change((index, value) => value + (index is 4 or 7 ? 30 : 0)).Judge(budgetUsedUp: true);

        Assert.InRange(judgement.NoiseFloor, 20, 30);
        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.StartsWith("Noise:", judgement.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_OfAnotherLength_IsABugInTheCaller()
    {
        DrawnRun run = DrawnRun.Standard().Reads(1, 2, 3);

        Assert.Contains("3 readings of Thing for 17 rounds", Assert.Throws<ArgumentException>(() => run.Judge()).Message, StringComparison.Ordinal);
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
    /// Read from a program that answers in 50 ms and keeps nothing: what two collections a reading run is compiled anew after 30 of them. The last row goes on in its last rounds.
    /// </summary>
    [Theory]
    [InlineData(GrowthShape.Step, 7700480, 8536064, 9080832, 9510912, 9519104, 9437184, 9433088, 9441280, 10027008, 9957376, 9994240, 9895936, 9961472, 10125312, 9920512, 11530240, 11395072, 11632640, 11550720)]
    [InlineData(GrowthShape.Step, 8240000, 8580000, 9070000, 10160000, 10170000, 10150000, 10080000, 10090000, 10610000, 10540000, 10580000, 10480000, 10740000, 10920000, 12350000, 12250000, 12180000, 12350000, 13000000)]
    [InlineData(GrowthShape.Step, 7745536, 8519680, 9072640, 9244672, 9252864, 9170944, 9170944, 9179136, 9961472, 9891840, 9932800, 9834496, 9895936, 10055680, 9854976, 10821632, 10686464, 10919936, 10838016)]
    [InlineData(GrowthShape.Step, 8757248, 9494528, 9797632, 9940992, 9949184, 9875456, 9859072, 10448896, 10698752, 10629120, 10493952, 10571776, 10629120, 10571776, 10436608, 12156928, 11886592, 12128256, 11915264)]
    [InlineData(GrowthShape.Undecided, 8757248, 9494528, 9797632, 9940992, 9949184, 9875456, 9859072, 10448896, 10698752, 10629120, 10493952, 10571776, 10629120, 10571776, 10436608, 10156928, 10086592, 11128256, 12115264)]
    public void NativeMemory_ThatRoseInAFewSteps_IsAStepWhenTheBudgetIsUsedUp(GrowthShape expected, params int[] readings)
    {
        DrawnRun run = new DrawnRun().Add(RoundKind.Warmup, 3).Add(RoundKind.Warmup, 17);
        foreach (char round in "BBIBBIBBIBBBDDDDD")
        {
            run.Add(round switch { 'B' => RoundKind.Base, 'D' => RoundKind.Dose, _ => RoundKind.Idle }, round switch { 'B' => 37, 'D' => 67, _ => 0 }, seconds: 2);
        }

        run.Reads([.. readings.Select(reading => (double)reading)]);

        Assert.Equal(expected, run.Judge(budgetUsedUp: true, MetricNature.Bytes).Shape);
        Assert.Equal(GrowthShape.Undecided, run.Judge(budgetUsedUp: false, MetricNature.Bytes).Shape);
        Assert.Equal(GrowthShape.Undecided, run.Judge(budgetUsedUp: true, MetricNature.Bytes, new VerdictOptions { RuntimeBytes = 0 }).Shape);
    }

    /// <summary>What leaks in every third round, from the middle on, or more than a runtime takes.</summary>
    [Theory]
    [InlineData(300_000, 0, 2)]
    [InlineData(400_000, 9, 1)]
    [InlineData(5_000_000, 3, 4)]
    public void NativeMemory_ThatComesOftenOrLateOrIsMuch_IsNoStep(int bytes, int from, int every) => Assert.NotEqual(
        GrowthShape.Step,
        DrawnRun.Standard(pace: 0.06).Reads((_, round) => 9e7 + (Math.Max(0, (round - from) / every) * bytes)).Judge(budgetUsedUp: true, MetricNature.Bytes).Shape);

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

    private static DrawnRun Ticks(DrawnRun run) => run.Change((index, _) => Math.Floor(10 * run.History.Rounds[index].At.TotalSeconds));

    /// <summary>What opens by time, but only when it is used.</summary>
    private static DrawnRun Opens(DrawnRun run)
    {
        Round used = run.History.Rounds[0];
        return run.Change((index, _) =>
        {
            used = run.History.Rounds[index].Operations > 0 ? run.History.Rounds[index] : used;
            return Math.Floor(10 * used.At.TotalSeconds);
        });
    }
}
