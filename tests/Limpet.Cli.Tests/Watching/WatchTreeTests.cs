using System.Diagnostics;
using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Tree;
using Limpet.Testing;

namespace Limpet.Cli.Tests.Watching;

public sealed class WatchTreeTests
{
    [Fact]
    public async Task RootEnded_AfterAReadingFoundItGone_KeepsItsExitCode()
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/cat") { RedirectStandardInput = true })!;
        using WatchTree tree = new(process.Id, isOwnChild: false);
        tree.Tick(again: true, descriptors: true);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            () =>
            {
                tree.Tick(again: true, descriptors: true);
                return !tree.RootAlive;
            },
            "the reading of a process that has ended");

        tree.RootEnded(7);

        tree.Finish();
        Assert.Equal(7, Assert.Single(tree.Ended).ExitCode);
    }

    [Fact]
    public void Phases_LookedAtWithoutTheGate_AreRefusedUntilTheRunIsOver()
    {
        using WatchTree tree = new(Environment.ProcessId, isOwnChild: false);
        Begin(tree, "first");

        foreach (Func<object> look in (Func<object>[])[() => tree.Book, () => tree.Alive, () => tree.Ended, () => tree.LeftByEnded])
        {
            Assert.Contains("without its gate", Assert.Throws<InvalidOperationException>(look).Message, StringComparison.Ordinal);
        }

        lock (tree.Gate)
        {
            Assert.Equal("first", tree.Book.Open.Name);
        }

        tree.Finish();
        Assert.Equal("first", Assert.Single(tree.Book.Named).Name);
    }

    [Fact]
    public void TakeMark_BehindTheEndOfTheRun_ChangesNothing()
    {
        using WatchTree tree = new(Environment.ProcessId, isOwnChild: false);
        Begin(tree, "first");
        tree.Finish();

        Begin(tree, "too late");
        tree.TakeSource("a.dll", worker: false);

        Assert.Equal("first", Assert.Single(tree.Book.Ended, phase => phase.Begun).Name);
        Assert.Equal(0, tree.Book.Sources);
    }

    private static void Begin(WatchTree tree, string phase) => tree.TakeMark(new Mark(MarkKind.Begin, phase), Stopwatch.GetTimestamp(), () => false);
}
