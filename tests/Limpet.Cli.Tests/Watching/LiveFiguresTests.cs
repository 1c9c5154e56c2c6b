using System.Diagnostics;
using Limpet.Cli.Watching;
using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;

namespace Limpet.Cli.Tests.Watching;

public sealed class LiveFiguresTests
{
    [Fact]
    public void Of_TreeThatIsRead_HasItsProcessesTheOpenPhaseAndTheEndOfTheCourse()
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/cat") { RedirectStandardInput = true })!;
        using WatchTree tree = new(process.Id, isOwnChild: false);
        tree.Tick(again: true, descriptors: true);
        tree.TakeMark(new Mark(MarkKind.Begin, "test\u001b[2J"), Stopwatch.GetTimestamp(), () => false);
        lock (tree.Gate)
        {
            FollowedProcess cat = Assert.Single(tree.Alive);
            cat.Command = ["shop", "--api-key", "hunter2"];
            for (int second = 5; second < 105; second++)
            {
                cat.Course.Add(cat.StartedAt + TimeSpan.FromSeconds(second), cat);
            }
        }

        TreeFigures peak = new() { RssBytes = 500_000_000, Threads = 30 };
        LiveFigures figures = LiveFigures.Of(tree, peak, TimeSpan.FromSeconds(7), new WatchOptions { Budgets = new BudgetOptions { MaxRss = 1_000_000_000, MaxThreads = 10 } });

        LiveProcess shown = Assert.Single(figures.Processes);
        Assert.Equal("shop --api-key ***", shown.Command);
        Assert.Equal(LiveScreen.MostPoints, shown.Memory.Length);
        Assert.Equal(LiveScreen.MostPoints - 1, shown.Memory[^1].AtSeconds - shown.Memory[0].AtSeconds, 3);
        Assert.Equal(tree.Last.Rss, figures.Rss.Bytes);
        Assert.Equal(@"test\u001b[2J", figures.Phase);
        Assert.Equal([("max-rss", 0.5), ("max-threads", 3.0)], figures.Budgets);
    }
}
