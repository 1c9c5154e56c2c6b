using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

public sealed class RunJudgeTests
{
    private static readonly DrawnRun Still = DrawnRun.Standard().Reads((_, _) => 5);

    [Fact]
    public void Run_WithNothingThatGrows_IsClean() => Assert.Equal(
        new RunVerdict(Verdict.Clean, "Nothing grows with the operations: 660 in 12 measured rounds."), Judge(Still.History));

    /// <summary>What was not seen to stop is not said to be nothing.</summary>
    [Fact]
    public void Run_WithGrowthThatAKnownBoundHolds_SaysSo() => Assert.Equal(
        new RunVerdict(Verdict.Clean, "Nothing grows with the operations but what a known bound holds: 660 in 12 measured rounds."),
        RunJudge.Judge(
            Still.History, [], [new Judgement { Metric = "Shop.Page", Shape = GrowthShape.Bounded, Reason = "It grew by 500 and was not seen to stop, but it expires.", IsAssumed = true }], VerdictOptions.Default, false));

    [Fact]
    public void Run_WhoseOperationsAllFailed_IsNotRun()
    {
        RunHistory history = Still.History with { Rounds = [.. Still.History.Rounds.Select(round => round with { Operations = 0, Failed = round.Operations })] };

        Assert.Equal(new RunVerdict(Verdict.NotRun, "None of the 704 operations succeeded."), Judge(history));
    }

    [Fact]
    public void Run_WhoseOperationsMostlyFailed_IsInconclusive()
    {
        RunHistory history = Still.History with { Rounds = [.. Still.History.Rounds.Select(round => round with { Failed = round.Operations + 1 })] };

        Assert.Equal(new RunVerdict(Verdict.Inconclusive, "721 of 1425 operations failed, more than half."), Judge(history));
    }

    [Fact]
    public void Run_WithoutARound_IsNotRun() => Assert.Equal(
        new RunVerdict(Verdict.NotRun, "No round was run."), Judge(RunHistory.Empty(DriveMode.Operations)));

    [Fact]
    public void Run_OfASubjectThatCannotStart_IsNotRunWithItsReason() => Assert.Equal(
        new RunVerdict(Verdict.NotRun, "libfoo is missing."),
        RunJudge.Judge(Still.History, [], [Still.Judge()], VerdictOptions.Default, false, "libfoo is missing."));

    [Fact]
    public void Run_OfTooFewRounds_IsInconclusive()
    {
        RunHistory history = Still.History with { Rounds = Still.History.Rounds[..5] };

        Assert.Equal(new RunVerdict(Verdict.Inconclusive, "Too few rounds: 2 measured, 8 needed."), Judge(history));
    }

    /// <summary>What is bounded beside it does not make what grows pass.</summary>
    [Fact]
    public void Run_OfAMetricThatGrowsAndIsInNoFinding_IsALeak()
    {
        DrawnRun grows = DrawnRun.Standard().Reads((operations, _) => operations);
        Finding bounded = new() { Kind = FindingKind.BoundedRetention, Subject = "Shop.Tariff", Signature = "path:1", Confidence = "It stopped." };

        Assert.Equal(Verdict.Leak, RunJudge.Judge(grows.History, [bounded], [grows.Judge()], VerdictOptions.Default, false).Verdict);
    }

    [Fact]
    public void Run_WithoutAnyMetric_IsInconclusive() => Assert.Equal(
        Verdict.Inconclusive, RunJudge.Judge(Still.History, [], [], VerdictOptions.Default, false).Verdict);

    [Fact]
    public void Run_WithAnUndecidedMetric_IsInconclusiveWithItsReason()
    {
        Judgement undecided = DrawnRun.Standard().Reads((_, round) => round * 50).Judge(budgetUsedUp: true);
        RunVerdict run = RunJudge.Judge(Still.History, [], [Still.Judge(), undecided], VerdictOptions.Default, true);
        UndecidedSeries series = Assert.Single(run.Undecided);
        Assert.Equal(undecided.Reason, series.Reason);
        Assert.Equal([.. undecided.Readings], series.Course.Select(reading => reading!.Value));

        Assert.Equal(Verdict.Inconclusive, run.Verdict);
        Assert.Equal($"Thing: {undecided.Reason}", run.Reason);
    }

    [Fact]
    public void Run_WithALeak_IsALeakWhateverIsUndecided()
    {
        Judgement undecided = Still.Judge() with { Shape = GrowthShape.Undecided };
        RunVerdict run = RunJudge.Judge(Still.History, [Finding(FindingKind.BoundedRetention), Finding(FindingKind.ManagedLeak)], [undecided], VerdictOptions.Default, false);

        Assert.Equal((Verdict.Leak, "Shop.OrderView: because"), (run.Verdict, run.Reason));
        Assert.Equal((Verdict.Inconclusive, "Thing: It stayed within 0 over 11 rounds."), (run.Otherwise?.Verdict, run.Otherwise?.Reason));
        Assert.Equal("Thing", Assert.Single(run.Otherwise!.Undecided).Metric);
    }

    [Fact]
    public void Run_WithAKnownLeakOnly_IsClean() => Assert.Equal(
        Verdict.Clean,
        RunJudge.Judge(Still.History, [Finding(FindingKind.ManagedLeak) with { Status = FindingStatus.Known }], [Still.Judge()], VerdictOptions.Default, false).Verdict);

    [Fact]
    public void Run_WithGrowthThatNobodyMadeAFindingOf_IsALeak()
    {
        Judgement grows = DrawnRun.Standard().Reads((operations, _) => operations).Judge();

        Assert.Equal(Verdict.Leak, RunJudge.Judge(Still.History, [], [grows], VerdictOptions.Default, false).Verdict);
    }

    private static RunVerdict Judge(RunHistory history) => RunJudge.Judge(history, [], [Still.Judge()], VerdictOptions.Default, false);

    private static Finding Finding(FindingKind kind) => new() { Kind = kind, Subject = "Shop.OrderView", Signature = "x", Confidence = "because" };
}
