using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

public sealed class RoundPlannerTests
{
    [Fact]
    public void Plan_OfATypicalRun_IsWarmUpBaseWithIdleThenDose()
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Still());

        Assert.Equal(
            "Warmup/3 Warmup/17 Base/181 Base/181 Idle/0 Base/181 Base/181 Idle/0 Base/181 Base/181 Idle/0 Base/181 Base/181 Dose/359 Dose/359 Dose/359 Dose/359",
            string.Join(' ', run.History.Rounds.Select(round => $"{round.Kind}/{round.Operations}")));
        Assert.Equal(new StopRun("Every metric is decided.", false), run.Stop);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(40)]
    public void JudgedOperations_WhenTheBudgetAllows_AreAtLeastSixHundred(double milliseconds)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Still(), TimeSpan.FromMilliseconds(milliseconds));

        Assert.InRange(run.History.Rounds.Where(round => round.Kind is RoundKind.Base or RoundKind.Dose).Skip(1).Sum(round => round.Operations), 600, 20_000);
        Assert.All(run.History.Rounds, round => Assert.InRange(round.Operations, 0, 2029));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(1000)]
    public void SlowOperations_StayWithinTheBudgetAndGetTheirDose(double milliseconds)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Still(), TimeSpan.FromMilliseconds(milliseconds));

        Assert.InRange(run.Seconds, 10, 45);
        Assert.InRange(run.History.Count(RoundKind.Base), 4, 20);
        Assert.InRange(run.History.Count(RoundKind.Dose), 2, 20);
        Assert.All(run.History.Rounds.Where(round => round.Kind != RoundKind.Idle), round => Assert.True(round.Operations >= 3));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void FirstReadings_ThatWereSlow_DoNotKeepTheRoundsSmall(double seconds)
    {
        SimulatedRun leak = SimulatedRun.Of(SimulatedPrograms.Leaks(1), firstReadings: TimeSpan.FromSeconds(seconds));
        SimulatedRun still = SimulatedRun.Of(SimulatedPrograms.Still(), firstReadings: TimeSpan.FromSeconds(seconds));

        Assert.Equal((GrowthShape.Growing, GrowthShape.Flat), (leak.Judgement.Shape, still.Judgement.Shape));
        Assert.InRange(leak.Seconds, 10, 45);
        Assert.InRange(still.History.Rounds.Where(round => round.Kind is RoundKind.Base or RoundKind.Dose).Skip(1).Sum(round => round.Operations), 600, 20_000);
    }

    [Theory]
    [InlineData(3, 10)]
    [InlineData(3, 1)]
    [InlineData(4, 10)]
    public void Readings_ThatAreAllSlow_DoNotMakeTheRoundsWorthless(double seconds, double milliseconds)
    {
        TimeSpan reading = TimeSpan.FromSeconds(seconds), operation = TimeSpan.FromMilliseconds(milliseconds);
        SimulatedRun leak = SimulatedRun.Of(SimulatedPrograms.Leaks(1), operation, reading);
        SimulatedRun still = SimulatedRun.Of(SimulatedPrograms.Still(), operation, reading);

        Assert.Equal((GrowthShape.Growing, GrowthShape.Flat), (leak.Judgement.Shape, still.Judgement.Shape));
        Assert.InRange(leak.Seconds, 10, 48);
        Assert.InRange(still.Seconds, 10, 48);
        Assert.InRange(still.History.Rounds.Where(round => round.Kind is RoundKind.Base or RoundKind.Dose).Skip(1).Sum(round => round.Operations), 200, 20_000);
    }

    [Fact]
    public void Operations_ThatNeverEnd_UseTheBudgetUp()
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Leaks(1), TimeSpan.FromSeconds(30));

        Assert.Equal(new StopRun("The budget of 45 s is used up.", true), run.Stop);
        Assert.Equal(GrowthShape.Undecided, run.Judgement.Shape);
    }

    [Fact]
    public void RoundsAndOperations_AskedFor_AreKept()
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Leaks(1), plan: new PlanOptions { Rounds = 6, Operations = 100 });

        Assert.Equal(6, run.History.Count(RoundKind.Base));
        Assert.Equal(3, run.History.Count(RoundKind.Dose));
        Assert.All(run.History.Rounds.Where(round => round.Kind == RoundKind.Base), round => Assert.Equal(100, round.Operations));
        Assert.Equal(new StopRun("The 6 rounds that were asked for are done.", true), run.Stop);
        Assert.Equal(GrowthShape.Growing, run.Judgement.Shape);
    }

    /// <summary>Nothing is known of the program yet, and a first round of a thousand slow operations would take the whole budget.</summary>
    [Fact]
    public void Warmup_OfNone_BeginsWithAFewOperationsAllTheSame()
    {
        PlanOptions plan = new() { Verdict = VerdictOptions.Default with { Warmup = 0 } };
        RunCosts costs = new(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(0.4));
        RunHistory first = RunHistory.Empty(DriveMode.Operations).With(new Round(RoundKind.Base, 3, 0, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.3)));

        Assert.Equal(new NextRound(RoundKind.Base, 3, TimeSpan.Zero), RoundPlanner.Next(RunHistory.Empty(DriveMode.Operations), [], plan, new RunCosts(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)));
        Assert.InRange(Assert.IsType<NextRound>(RoundPlanner.Next(first, [], plan, costs)).Operations, 5, 40);
    }

    [Fact]
    public void Warmup_LongerThanTheBudget_IsNotBegun() => Assert.IsType<StopRun>(RoundPlanner.Next(
        RunHistory.Empty(DriveMode.Time), [], new PlanOptions { Stretch = TimeSpan.FromMinutes(10) }, new RunCosts(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)));

    [Fact]
    public void Quick_OfALeak_IsShorter()
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Leaks(1), plan: new PlanOptions { Verdict = VerdictOptions.Quick });

        Assert.Equal(GrowthShape.Growing, run.Judgement.Shape);
        Assert.InRange(run.Seconds, 3, 8);
    }

    [Fact]
    public void Time_WithNothingDriven_IsStretchesAndTwiceThatFromReadingToReading()
    {
        SimulatedRun run = SimulatedRun.Of(
            SimulatedPrograms.Still(), plan: new PlanOptions { Stretch = TimeSpan.FromSeconds(1.5) }, mode: DriveMode.Time);

        TimeSpan reading = run.History.Rounds[^1].At - run.History.Rounds[^2].At - run.History.Rounds[^1].Duration;
        Assert.True(reading > TimeSpan.Zero);
        Assert.All(run.History.Rounds, round =>
        {
            Assert.Equal(0, round.Operations);
            Assert.Equal(round.Kind == RoundKind.Dose ? 3 + reading.TotalSeconds : 1.5, round.Duration.TotalSeconds, 6);
        });
        Assert.Equal(0, run.History.Count(RoundKind.Idle));
        Assert.Equal(GrowthShape.Flat, run.Judgement.Shape);
    }

    /// <summary>A leak that may be known decides nothing about the rest.</summary>
    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 20)]
    public void Undecided_WhileAnotherMetricLeaks_UsesTheBudgetUpOnlyWhereALeakIsNotEnough(bool stopsAtLeak, int expected)
    {
        DrawnRun run = DrawnRun.Standard().Reads((operations, _) => operations);
        Judgement leak = run.Judge();
        Judgement undecided = leak with { Shape = GrowthShape.Undecided, NeedsMoreRounds = true };
        RunHistory history = run.History;
        var costs = new RunCosts(TimeSpan.FromSeconds(12), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(0.4));
        int more = 0;
        while (RoundPlanner.Next(history, [leak, undecided], new PlanOptions { StopsAtLeak = stopsAtLeak }, costs) is NextRound next && more < 20)
        {
            history = history.With(new Round(next.Kind, next.Operations, 0, TimeSpan.FromSeconds(30 + more), TimeSpan.FromSeconds(0.4)));
            more++;
        }

        Assert.Equal(expected, more);
    }

    [Theory]
    [InlineData(true, RoundKind.Base, 41, 1.62)]
    [InlineData(false, RoundKind.Idle, 0, 0.82)]
    public void Silence_ThatIsWanted_IsBetweenTheOperationsWhereTheDriverCanPause(bool pauses, RoundKind kind, long operations, double seconds)
    {
        DrawnRun run = DrawnRun.Standard().Reads((done, _) => done);
        Judgement wants = run.Judge() with { Shape = GrowthShape.Undecided, NeedsMoreRounds = true, WantsSilence = true };
        var costs = new RunCosts(TimeSpan.FromSeconds(12), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(0.4));

        NextRound next = Assert.IsType<NextRound>(RoundPlanner.Next(run.History, [wants], new PlanOptions { Pauses = pauses }, costs));

        Assert.Equal((kind, operations), (next.Kind, next.Operations));
        Assert.Equal(seconds, next.Stretch.TotalSeconds, 6);
    }

    /// <summary>After the last silence of the plan nothing tells whether it follows the time in use: silence is asked for, and tells.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Leak_ThatBeginsAfterTheLastSilence_IsFoundLongBeforeTheBudgetIsUsedUp(bool pauses)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Leaks(1, from: 500), TimeSpan.FromMilliseconds(12), plan: new PlanOptions { Pauses = pauses });

        Assert.Equal(GrowthShape.Growing, run.Judgement.Shape);
        Assert.False(run.Stop.BudgetUsedUp, run.ToString());
    }
}
