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

    /// <summary>The rate is that of the rounds in which it leaks: those before them pass too, up to a quarter of all.</summary>
    [Theory]
    [InlineData(0, 619, 11)]
    [InlineData(1, 578, 10)]
    [InlineData(2, 537, 9)]
    public void Leak_ThatBeginsAfterAFewRounds_HasTheRateOfThoseInWhichItLeaks(int quiet, int total, int rounds)
    {
        Judgement judgement = DrawnRun.Standard().Reads((operations, _) => 100 + Math.Max(0, operations - 3 - (DrawnRun.BaseOperations * (2 + quiet)))).Judge(budgetUsedUp: true);

        Assert.Equal((GrowthShape.Growing, 1.0, total, rounds), (judgement.Shape, Math.Round(judgement.PerOperation, 9), (int)judgement.TotalGrowth, judgement.RoundsJudged));
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

    /// <summary>As was read of a journal that is closed now and then: the dose rounds met its teeth in step.</summary>
    [Fact]
    public void SawTooth_WhoseLastRoundsAreClose_Oscillates()
    {
        DrawnRun run = new DrawnRun().Add(RoundKind.Warmup, 3).Add(RoundKind.Warmup, 53);
        foreach (char round in "BBIBBIBBIBBDDDD")
        {
            run.Add(round == 'I' ? RoundKind.Idle : round == 'D' ? RoundKind.Dose : RoundKind.Base, round == 'I' ? 0 : round == 'D' ? 97 : 47);
        }

        Assert.Equal(GrowthShape.Oscillating, run.Reads(3, 56, 3, 50, 50, 97, 44, 44, 91, 38, 38, 85, 32, 29, 26, 23, 20).Judge().Shape);
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

    /// <summary>One of 41 operations leaves one behind: a few more rounds make enough of them.</summary>
    [Fact]
    public void FewerThanCountAsGrowth_ThatComeAsOftenInEachRound_EarnMoreRounds()
    {
        DrawnRun run = DrawnRun.Standard().Reads((operations, _) => Math.Floor(operations / 41.0));

        Assert.InRange(run.Judge().TotalGrowth, 10, 19);
        Assert.Equal((GrowthShape.Undecided, true), (run.Judge().Shape, run.Judge().NeedsMoreRounds));
        Assert.Equal("It grew by 15, fewer than the 20 that count as growth.", run.Judge().Reason);
        Assert.Equal(GrowthShape.Step, DrawnRun.Standard().Reads((_, round) => round > 6 ? 15 : 0).Judge().Shape);
    }

    [Fact]
    public void Growth_NoLargerThanWhatWasGivenBackBefore_SaysSo()
    {
        DrawnRun run = DrawnRun.Standard().Reads((operations, round) => round == 1 ? 500 : 200 + Math.Floor(operations / 5.0));

        Judgement judgement = run.Judge();

        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.EndsWith(" were given back before: these may return.", judgement.Reason, StringComparison.Ordinal);
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
