using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

public sealed class SimulationTests
{
    private const int Seeds = 1000;

    private static readonly GrowthShape[] Harmless = [GrowthShape.Flat, GrowthShape.Step, GrowthShape.Oscillating, GrowthShape.Bounded];

    /// <summary>Milliseconds that an operation takes: cheap, common, slow enough for 41-operation rounds, and too slow for them.</summary>
    public static TheoryData<double> Operations => [0.05, 2, 12, 50];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Leak_OfAnyWholeNumberPerOperation_Grows(double milliseconds)
    {
        foreach (int k in new[] { 1, 2, 7, 100 })
        {
            SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Leaks(k), Operation(milliseconds));
            Assert.True(run.Judgement.Shape == GrowthShape.Growing, run.ToString());
            Assert.Equal(k, run.Judgement.PerOperation, 6);
        }
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(12, 3)]
    [InlineData(2, 10)]
    [InlineData(12, 10)]
    public void Leak_OnEveryNthOperation_Grows(double milliseconds, int n)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Leaks(1.0 / n), Operation(milliseconds));
        Assert.True(run.Judgement.Shape == GrowthShape.Growing, run.ToString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Leak_ByChanceOnOneOfTen_IsFoundAndNeverCalledHarmless(double milliseconds) =>
        Expect(seed => SimulatedPrograms.LeaksOneIn(10, new Random(seed)), [GrowthShape.Growing], Operation(milliseconds), Seeds * 95 / 100, [.. Harmless]);

    /// <summary>What is slow takes time and leaks: the leak follows the time that operations take, but not the time between them.</summary>
    [Theory]
    [InlineData(0.3, 0.02, 1)]
    [InlineData(0.3, 0.02, 4)]
    [InlineData(0.1, 0.1, 4)]
    [InlineData(0.3, 0.4, 4)]
    public void Leak_OnASlowWay_IsNotTakenForOneThatFollowsTheTimeInUse(double share, double slowerSeconds, int objects)
    {
        int Grown(PlanOptions plan) => Enumerable.Range(0, Seeds).Count(seed =>
            SimulatedRun.Of(SimulatedPrograms.LeaksOnTheSlowWay(share, slowerSeconds, objects, new Random(seed)), Operation(10), plan: plan).Judgement.Grows);

        int found = Grown(new PlanOptions { Pauses = true });
        int unasked = Grown(new PlanOptions { Verdict = VerdictOptions.Default with { LongestWindow = TimeSpan.Zero } });

        Assert.True(found >= unasked - (Seeds / 50), $"{found} of {Seeds}, and {unasked} where the time in use is not asked for");
    }

    [Theory]
    [InlineData(60)]
    [InlineData(300)]
    [InlineData(1500)]
    [InlineData(2000)]
    public void Leak_ThatStartsLate_Grows(int after) =>
        Expect(seed => SimulatedPrograms.Leaks(1, after + (seed / 5)), [GrowthShape.Growing], Operation(2), Seeds * 95 / 100, [.. Harmless]);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 12)]
    [InlineData(3, 2)]
    [InlineData(3, 12)]
    public void Leak_UnderJitterOfInFlightWork_Grows(int jitter, double milliseconds) =>
        Expect(
            seed => SimulatedPrograms.Jitters(SimulatedPrograms.Leaks(1), jitter, new Random(seed)), [GrowthShape.Growing], Operation(milliseconds), Seeds, [.. Harmless]);

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void SparseLeak_UnderJitterOfInFlightWork_IsNeverCalledHarmless(double milliseconds) =>
        Expect(
            seed => SimulatedPrograms.Jitters(SimulatedPrograms.Leaks(0.1), 3, new Random(seed)), [GrowthShape.Growing], Operation(milliseconds), Seeds * 95 / 100, [.. Harmless]);

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Leak_AfterACacheHasFilled_Grows(double milliseconds) =>
        Expect(
            seed => SimulatedPrograms.Both(SimulatedPrograms.Leaks(1), SimulatedPrograms.CachesRandomKeys(300, new Random(seed))), [GrowthShape.Growing], Operation(milliseconds), Seeds * 95 / 100, [.. Harmless]);

    [Theory]
    [InlineData(100, 100)]
    [InlineData(300, 50)]
    public void Leak_InBursts_Grows(int operations, int size)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.LeaksInBursts(operations, size));
        Assert.True(run.Judgement.Shape == GrowthShape.Growing, run.ToString());
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(10, 2)]
    [InlineData(2, 12)]
    [InlineData(50, 50)]
    public void Leak_ByTime_GrowsWithTime(double perSecond, double milliseconds)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.LeaksPerSecond(perSecond), Operation(milliseconds));
        Assert.True(run.Judgement.Shape == GrowthShape.GrowingWithTime, run.ToString());
        Assert.Equal(perSecond, run.Judgement.PerSecond, perSecond * 0.1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Leak_WithNothingDriven_GrowsWithTime(double perSecond)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.LeaksPerSecond(perSecond), mode: DriveMode.Time);
        Assert.True(run.Judgement.Shape == GrowthShape.GrowingWithTime, run.ToString());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public void Entries_ThatExpireAfterSeconds_AreNoLeak(double seconds)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Expires(seconds), reading: TimeSpan.FromSeconds(0.1));
        Assert.False(run.Judgement.Grows, run.ToString());
    }

    [Fact]
    public void Entries_ThatExpireWhileThePaceRises_AreBoundedByTheirLife()
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Expires(10), reading: TimeSpan.FromSeconds(0.1));
        Assert.True(run.Judgement.Shape == GrowthShape.Bounded, run.ToString());
        Assert.Matches(@"^It follows the operations of the last (9|10)(\.\d)? seconds", run.Judgement.Reason);
    }

    [Fact]
    public void Windows_OfTimeThatUseOpens_AreNoLeak()
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.OpensWindows(ofSeconds: 3, users: 24, most: 10), Operation(10), TimeSpan.FromSeconds(0.15));
        Assert.False(run.Judgement.Grows, run.ToString());
    }

    /// <summary>While they fill they keep step with the operations; where time runs out before they are full, silence must tell that they follow the time.</summary>
    [Fact]
    public void Windows_ThatRollWhileTheyAreUsed_AreSeldomALeak()
    {
        List<string> early = [], late = [];
        for (int seed = 0; seed < Seeds; seed++)
        {
            SimulatedProgram program = SimulatedPrograms.RollsWindows(ofSeconds: 3, users: 24, most: 10, everyNewUser: 2 + (seed % 20));
            SimulatedRun run = SimulatedRun.Of(program, Operation(6 + (seed * 0.05)));
            if (run.Judgement.Grows)
            {
                (run.Stop.BudgetUsedUp ? late : early).Add($"seed {seed}: {run}");
            }
        }

        Assert.True(early.Count <= Seeds / 100, $"{early.Count} of {Seeds} are leaks before the budget is used up:\n{string.Join("\n", early.Take(4))}");
        Assert.True(late.Count <= Seeds / 4, $"{late.Count} of {Seeds} are leaks when the budget is used up:\n{string.Join("\n", late.Take(4))}");
    }

    [Fact]
    public void SlowOperations_ThatLeak_GrowWhenTheBudgetIsUsedUp()
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Leaks(1), TimeSpan.FromSeconds(1));
        Assert.True(run.Judgement.Shape == GrowthShape.Growing, run.ToString());
        Assert.True(run.Stop.BudgetUsedUp, run.ToString());
        Assert.InRange(run.Seconds, 25, 45);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(1000)]
    public void Still_Program_IsFlat(double milliseconds)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Still(), Operation(milliseconds));
        Assert.True(run.Judgement.Shape == GrowthShape.Flat, run.ToString());
    }

    [Fact]
    public void TypicalRun_Clean_TakesTenToFifteenSeconds()
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Still());
        Assert.InRange(run.Seconds, 10, 15);
        Assert.False(run.Stop.BudgetUsedUp);
    }

    [Fact]
    public void TypicalRun_OfALeak_TakesFifteenToTwentySeconds()
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Leaks(1));
        Assert.InRange(run.Seconds, 15, 20);
        Assert.False(run.Stop.BudgetUsedUp);
    }

    [Theory]
    [InlineData(2, 95)]
    [InlineData(12, 50)]
    public void Cache_OfRandomKeys_NeverGrowsAndIsBoundedWhereTheBudgetReaches(double milliseconds, int percent) =>
        Expect(
            seed => SimulatedPrograms.CachesRandomKeys(50 + seed, new Random(seed)), Harmless, Operation(milliseconds), Seeds * percent / 100, [GrowthShape.Growing, GrowthShape.GrowingWithTime]);

    /// <summary>A budget of seconds ends before the cache is full.</summary>
    [Fact]
    public void Cache_OfRandomKeys_UnderAShortBudget_SeldomGrows() =>
        Expect(
            seed => SimulatedPrograms.CachesRandomKeys(50 + seed, new Random(seed)), [.. Harmless, GrowthShape.Undecided], Operation(2), Seeds * 95 / 100, [], TimeSpan.FromSeconds(8));

    [Theory]
    [InlineData(2)]
    public void Cache_ThatFillsSlowlyToACapOfHundreds_IsHarmless(double milliseconds) =>
        Expect(seed => SimulatedPrograms.FillsTo(50 + (seed * 4 / 5), 1 + (seed % 2)), Harmless, Operation(milliseconds), Seeds, [GrowthShape.Growing, GrowthShape.GrowingWithTime]);

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Queue_ThatIsWrittenOutWhenFull_NeverGrows(double milliseconds) =>
        Expect(seed => SimulatedPrograms.QueuesUpTo(10 + seed, seed), Harmless, Operation(milliseconds), Seeds * 95 / 100, [GrowthShape.Growing, GrowthShape.GrowingWithTime]);

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Entries_ThatExpire_NeverGrow(double milliseconds) =>
        Expect(seed => SimulatedPrograms.Expires(0.1 + (seed * 0.008)), Harmless, Operation(milliseconds), Seeds * 95 / 100, [GrowthShape.Growing, GrowthShape.GrowingWithTime]);

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void LazyStart_AtAnyOperation_IsHarmless(double milliseconds) =>
        Expect(seed => SimulatedPrograms.StartsLazily(1 + (seed * 4), 1 + (seed * seed)), Harmless, Operation(milliseconds), Seeds, [GrowthShape.Growing, GrowthShape.GrowingWithTime]);

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Pool_ThatAddsAFewThreads_IsHarmless(double milliseconds) =>
        Expect(seed => SimulatedPrograms.AddsThreads(1 + (seed % 8), 0.001 + (0.0002 * (seed % 50)), new Random(seed)), Harmless, Operation(milliseconds), Seeds * 95 / 100, [GrowthShape.Growing, GrowthShape.GrowingWithTime]);

    [Theory]
    [InlineData(3)]
    [InlineData(50)]
    [InlineData(5000)]
    public void Noise_AboutALevel_NeverGrows(int by) =>
        Expect(seed => SimulatedPrograms.Noisy(by, new Random(seed)), Harmless, Operation(2), Seeds * 95 / 100, [GrowthShape.Growing, GrowthShape.GrowingWithTime]);

    [Theory]
    [InlineData(2)]
    [InlineData(1000)]
    public void Buffers_ThatTakeTurns_AreHarmless(int by)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.Alternates(by));
        Assert.Contains(run.Judgement.Shape, Harmless);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(10, 2)]
    [InlineData(5, 12)]
    [InlineData(5, 100)]
    public void Readings_ThatLeaveSomethingBehind_AreNotTheProgramsLeak(int each, double milliseconds)
    {
        SimulatedRun run = SimulatedRun.Of(SimulatedPrograms.KeepsReadings(each), Operation(milliseconds));
        Assert.True(run.Judgement.Shape == GrowthShape.Flat, run.ToString());
    }

    private static TimeSpan Operation(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>At least so many of the seeds end in a wanted shape, and none in a forbidden one.</summary>
    private static void Expect(Func<int, SimulatedProgram> program, GrowthShape[] wanted, TimeSpan operation, int atLeast, GrowthShape[] never, TimeSpan? budget = null)
    {
        var others = new List<string>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            SimulatedRun run = SimulatedRun.Of(program(seed), operation, plan: budget is { } time ? new PlanOptions { Budget = time, Pauses = true } : null);
            Assert.False(never.Contains(run.Judgement.Shape), $"seed {seed}: {run}");
            if (!wanted.Contains(run.Judgement.Shape))
            {
                others.Add($"seed {seed}: {run}");
            }
        }

        Assert.True(others.Count <= Seeds - atLeast, $"{others.Count} of {Seeds} are not as wanted:\n{string.Join("\n", others.Take(4))}");
    }
}
