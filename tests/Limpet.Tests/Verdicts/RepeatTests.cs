using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

/// <summary>Growth that is asked for once more with rounds of other sizes: it must follow them.</summary>
public sealed class RepeatTests
{
    private const long Small = 3;

    [Fact]
    public void Judge_GrowthThatFollowsTheRepeat_IsGrowing()
    {
        Judgement judgement = Repeated((operations, _) => operations).Judge(options: VerdictOptions.Quick);

        Assert.Equal(GrowthShape.Growing, judgement.Shape);
        Assert.EndsWith("; rounds of other sizes brought +1.00 in each of 411 operations more.", judgement.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void Judge_LeakAtEveryNthOperation_IsGrowing(int every)
    {
        Judgement judgement = Repeated((operations, _) => Math.Floor(operations / every)).Judge(options: VerdictOptions.Quick);

        Assert.Equal(GrowthShape.Growing, judgement.Shape);
    }

    [Fact]
    public void Judge_LeakBesideOthersWork_IsGrowing()
    {
        // Five objects with each second, driven or not, and one with each operation.
        Judgement judgement = Repeated((operations, at) => operations + (5 * at.TotalSeconds)).Judge(options: VerdictOptions.Quick, budgetUsedUp: true);

        Assert.Equal(GrowthShape.Growing, judgement.Shape);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(83, 83, 83)]
    [InlineData(83, 83, 0)]
    [InlineData(40, 0, 40)]
    [InlineData(10, 10, 10)]
    public void Judge_EchoThatKeptStepUntilTheRepeat_IsUndecided(double large, double small, double silent)
    {
        DrawnRun run = Repeated((operations, _) => operations);
        int planned = run.History.Planned;
        run.Change((index, value) => index < planned ? value : 0);
        double level = run.Values[planned - 1];
        for (int round = planned; round < run.Values.Length; round++)
        {
            level += run.History.Rounds[round].Operations switch { 0 => silent, Small => small, _ => large };
            double now = level;
            int changed = round;
            run.Change((index, value) => index == changed ? now : value);
        }

        Judgement judgement = run.Judge(options: VerdictOptions.Quick);

        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.False(judgement.NeedsMoreRounds);
        Assert.Contains("not with rounds of other sizes", judgement.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_EchoThatFallsIntoOneLargeRound_IsUndecided()
    {
        DrawnRun run = Repeated((operations, _) => operations);
        int planned = run.History.Planned;
        double level = run.Values[planned - 1];
        run.Change((index, value) => index < planned ? value : index < planned + 3 ? level : level + 400);

        Judgement judgement = run.Judge(options: VerdictOptions.Quick);

        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
    }

    [Fact]
    public void Judge_WhatIsFlatBeforeTheRepeat_IsJudgedByTheRoundsBefore()
    {
        DrawnRun run = Repeated((_, _) => 7);
        int planned = run.History.Planned;
        run.Change((index, value) => index < planned ? value : 1000 * index);

        Assert.Equal(GrowthShape.Flat, run.Judge(options: VerdictOptions.Quick).Shape);
    }

    /// <summary>Between the rounds before and the repeat the numbers were judged, which leaves something, too.</summary>
    [Fact]
    public void Judge_JumpInTheFirstRoundOfTheRepeat_IsNotJudged()
    {
        DrawnRun run = Repeated((operations, _) => operations);
        int planned = run.History.Planned;
        run.Change((index, value) => index < planned ? value : value + 500);

        Assert.Equal(GrowthShape.Growing, run.Judge(options: VerdictOptions.Quick).Shape);
    }

    [Fact]
    public void Judge_RefusedReadingInTheRepeat_IsMerged()
    {
        DrawnRun run = Repeated((operations, _) => operations);
        int refused = run.History.Planned + 1;
        run.Change((index, value) => index == refused ? double.NaN : value);

        Assert.Equal(GrowthShape.Growing, run.Judge(options: VerdictOptions.Quick).Shape);
    }

    /// <summary>What was asked and not answered confirms nothing.</summary>
    [Fact]
    public void Judge_RepeatWithoutAReadingAfterALargeRound_IsUndecided()
    {
        DrawnRun run = Repeated((operations, _) => operations);
        int planned = run.History.Planned;
        run.Change((index, value) => index < planned ? value : double.NaN);

        Judgement judgement = run.Judge(options: VerdictOptions.Quick);

        Assert.Equal(GrowthShape.Undecided, judgement.Shape);
        Assert.False(judgement.NeedsMoreRounds);
        Assert.EndsWith(
            " rounds, and no reading after a round of another size could be taken: whether it follows the operations was not seen.", judgement.Reason, StringComparison.Ordinal);
    }

    /// <summary>Bytes may miss a part of what is due by noise; most of it, and nothing is shown.</summary>
    [Theory]
    [InlineData(1.0, GrowthShape.Growing)]
    [InlineData(0.48, GrowthShape.Growing)]
    [InlineData(0.2, GrowthShape.Undecided)]
    public void Judge_BytesWithNoise_MayMissAPartOfWhatIsDue(double share, GrowthShape shape)
    {
        DrawnRun run = Repeated((operations, _) => operations * 20_000);
        int planned = run.History.Planned;
        double level = run.Values[planned - 1];
        run.Change((index, value) => index < planned ? value + (run.History.Rounds[index].Kind == RoundKind.Idle ? 300_000 : 0) : level + ((value - level) * share));

        Judgement judgement = run.Judge(nature: MetricNature.Bytes, options: VerdictOptions.Quick);

        Assert.True(judgement.Shape == shape, judgement.Reason);
    }

    [Fact]
    public void Slowest_OfBytes_IsByTheirNoise()
    {
        Judgement count = new() { Metric = "Order", Shape = GrowthShape.Growing, Reason = "", PerOperation = 0.5, NoiseFloor = 100 };
        Judgement bytes = count with { Metric = "bytes", PerOperation = 100, NoiseFloor = 1000 };
        Assert.Equal(0.5, RepeatPlan.Slowest([count], metric => metric == "bytes"));
        Assert.Equal(0.25, RepeatPlan.Slowest([count, bytes], metric => metric == "bytes"));
        Assert.Null(RepeatPlan.Slowest([bytes with { NoiseFloor = 0 }], metric => metric == "bytes"));
    }

    [Fact]
    public void Plan_Defaults_HasThreeLargeThreeSmallAndTwoSilentRounds() =>
        Assert.Equal([3, 43, 0, 31, 3, 0, 53, 3], RepeatPlan.Of(13, 1, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(15)));

    [Fact]
    public void Plan_RareLeak_HasLargerRounds() =>
        Assert.Equal([3, 101, 0, 73, 3, 0, 127, 3], RepeatPlan.Of(13, 0.1, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(15)));

    [Fact]
    public void Plan_SlowOperation_FitsTheTime() =>
        Assert.Equal([3, 7, 0, 5, 3, 0, 7, 3], RepeatPlan.Of(13, 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)));

    [Theory]
    [InlineData(2, 2)] // as long as the longest round
    [InlineData(14, 3)] // which had one slow operation: two silences have two fifths of the time
    public void Silence_BehindALongRound_HasNoMoreThanItsShare(int longest, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), RepeatPlan.Silence(TimeSpan.FromSeconds(longest), TimeSpan.FromSeconds(15)));

    /// <summary>The standard run, with the rounds that repeat behind it.</summary>
    private static DrawnRun Repeated(Func<double, TimeSpan, double> reading)
    {
        DrawnRun run = DrawnRun.Standard();
        foreach (long operations in RepeatPlan.Of(DrawnRun.BaseOperations, 1, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(60)).Select(planned => planned == 11 ? Small : planned))
        {
            run.Add(RoundKind.Repeat, operations, seconds: 2.7);
        }

        double done = 0;
        run.Change((index, _) => reading(done += run.History.Rounds[index].Operations, run.History.Rounds[index].At));
        return run;
    }
}
