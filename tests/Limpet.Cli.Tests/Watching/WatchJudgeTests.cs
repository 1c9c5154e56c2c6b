using System.Diagnostics;
using Limpet.Cli.Watching;
using Limpet.Cli.Watching.Judging;
using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;

namespace Limpet.Cli.Tests.Watching;

public sealed class WatchJudgeTests
{
    [Fact]
    public void Judge_PatternThatNeverMatched_SaysSoOnce()
    {
        WatchResult result = Judge(new WatchOptions { Mark = MarkPattern.Parse("^== (.*)") }, lines: 1);

        Assert.Equal(Verdict.NotRun, result.Verdict);
        Assert.StartsWith("the mark ^== (.*) never matched in 1 line of output", result.Reason, StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Judge_MonitorFailed_SaysTheMissingMarkBesideIt()
    {
        WatchResult result = Judge(new WatchOptions { Mark = MarkPattern.Parse("^== (.*)") }, lines: 3, missed: 90);

        Assert.Equal((Verdict.Inconclusive, "the monitor failed: 90 of 100 readings were missed"), (result.Verdict, result.Reason));
        Assert.Contains(result.Warnings, warning => warning.StartsWith("the mark ^== (.*) never matched in 3 lines", StringComparison.Ordinal));
    }

    [Fact]
    public void Judge_OnePhase_IsCountedAsOne()
    {
        WatchResult result = Judge(new WatchOptions { Mark = MarkPattern.Parse("^== (.*)") }, lines: 1, phases: ["only"]);

        Assert.StartsWith("nothing that 1 phase opened, started or took shows a leak", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_OverBeforeTheFirstReading_KeptNoBudget()
    {
        WatchResult result = Judge(new WatchOptions { Budgets = new BudgetOptions { MaxRss = 1_000_000, MaxThreads = 4 } }, lines: null, root: 999_999_999);

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.All(result.Budgets, budget => Assert.Null(budget.Measured));
        Assert.EndsWith("; not measured: max-rss, max-threads", result.Reason, StringComparison.Ordinal);
    }

    /// <summary>What a finding covers is kept: it counts where the finding is a known one.</summary>
    [Fact]
    public void Judge_AFindingOfARunWhoseMonitorFailed_KeepsThatBesideIt()
    {
        WatchResult result = Judge(new WatchOptions(), lines: null, missed: 90, stalled: "checkout");

        Assert.Equal(Verdict.Hang, result.Verdict);
        Assert.Equal(new Absence(Verdict.Inconclusive, "the monitor failed: 90 of 100 readings were missed"), result.Otherwise);
    }

    [Fact]
    public void Judge_WithoutAFinding_IsAllThatThereIsToSay() => Assert.Null(Judge(new WatchOptions(), lines: null).Otherwise);

    private static WatchResult Judge(WatchOptions options, long? lines, long missed = 0, string[]? phases = null, int? root = null, string? stalled = null)
    {
        using WatchTree tree = new(root ?? Environment.ProcessId, isOwnChild: false);
        WatchCourse course = new(tree, TimeSpan.FromSeconds(1), options.Budgets.MaxRss);
        course.Note(tree.Tick(again: true, descriptors: true));
        foreach (string phase in phases ?? [])
        {
            tree.TakeMark(new Mark(MarkKind.Begin, phase), Stopwatch.GetTimestamp(), () => false);
        }

        tree.Finish();
        return new WatchJudge(options, tree, new RunFacts
        {
            StartedAt = DateTimeOffset.UnixEpoch,
            Duration = TimeSpan.FromSeconds(2),
            RootPid = root ?? Environment.ProcessId,
            Command = ["suite"],
            Ended = true,
            Peak = course.Peak,
            PeakMemory = course.PeakMemory,
            Monitor = new MonitorFigures(100 - missed, 0, 0.1) { MissedSamples = missed, LinesRead = lines },
            Due = 100,
            StalledAtEnd = stalled,
        }).Judge();
    }
}
