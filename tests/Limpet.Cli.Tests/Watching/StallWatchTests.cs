using System.Diagnostics;
using Limpet.Cli.Watching;
using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Tree;

namespace Limpet.Cli.Tests.Watching;

public sealed class StallWatchTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    [Fact]
    public void Look_PhaseTakesTooLong_SaysSoOnce()
    {
        using WatchTree tree = new(Environment.ProcessId, isOwnChild: false);
        StallWatch stall = new(tree, Longest);
        Take(tree, MarkKind.Begin, "imports");

        Assert.Null(stall.Look(tree.Now));
        Assert.Matches("^phase imports has stalled: [0-9]+ s so far, the longest before it took 0.0 s$", stall.Look(tree.Now + (2 * Longest)));
        Assert.Null(stall.Look(tree.Now + (3 * Longest)));
        Assert.Equal("imports", stall.StillOpen().Phase);
    }

    [Fact]
    public void Look_NothingWasMarked_IsNoStall()
    {
        using WatchTree tree = new(Environment.ProcessId, isOwnChild: false);

        Assert.Null(new StallWatch(tree, Longest).Look(tree.Now + (2 * Longest)));
    }

    [Fact]
    public void StillOpen_PhaseHasEnded_IsNone()
    {
        using WatchTree tree = new(Environment.ProcessId, isOwnChild: false);
        StallWatch stall = new(tree, Longest);
        Take(tree, MarkKind.Begin, "imports");
        Assert.NotNull(stall.Look(tree.Now + (2 * Longest)));

        Take(tree, MarkKind.End, "imports");

        Assert.Null(stall.StillOpen().Phase);
    }

    [Fact]
    public void Look_NothingBeginsBehindAPhase_NamesThatPhase()
    {
        using WatchTree tree = new(Environment.ProcessId, isOwnChild: false);
        Take(tree, MarkKind.Begin, "imports");
        Take(tree, MarkKind.Close, "");

        Assert.StartsWith("phase after imports has stalled", new StallWatch(tree, Longest).Look(tree.Now + (2 * Longest)), StringComparison.Ordinal);
    }

    private static void Take(WatchTree tree, MarkKind kind, string name) => tree.TakeMark(new Mark(kind, name), Stopwatch.GetTimestamp(), () => false);
}
