using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Tree;
using Limpet.Resources;
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

    [Fact]
    public async Task Tick_ProgramThatAnotherOneReplaced_IsCalledByItsNewCommandLine()
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "read line; exec cat"]) { RedirectStandardInput = true })!;
        using WatchTree tree = new(process.Id, isOwnChild: false);
        await Eventually.TrueAsync(() => CommandOf(tree, process.Id) is ["/bin/sh", ..] && tree.Now > TimeSpan.FromSeconds(1.2), "the shell, no longer young");

        await process.StandardInput.WriteLineAsync();
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => CommandOf(tree, process.Id) is ["cat"], "cat in its place");
        process.StandardInput.Close();
    }

    [Fact]
    public async Task Tick_ChildrenOfChildren_AreFoundInOneLook()
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sh -c 'sh -c \"sleep 60 & wait\" & wait' & wait"]))!;
        using WatchTree tree = new(process.Id, isOwnChild: false);
        await Eventually.TrueAsync(() => ProcessReaders.Tree.Descendants(process.Id).Count(entry => entry.Name == "sleep") == 1, "the child of a child's child");
        tree.Tick(again: true, descriptors: false);

        int[] found;
        lock (tree.Gate)
        {
            found = [.. tree.Alive.Select(one => one.Pid).Order()];
        }

        Assert.Equal([.. ProcessReaders.Tree.Descendants(process.Id).Select(entry => entry.Pid).Append(process.Id).Order()], found);
        process.Kill(entireProcessTree: true);
    }

    [Fact]
    public async Task Tick_RootThatNobodyReaps_IsOneProcess()
    {
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sleep 60 & echo $!; exec cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        int root = int.Parse((await shell.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);

        // A shell that has not become cat yet would reap its child.
        await Eventually.TrueAsync(() => ProcessReaders.Tree.Find(shell.Id) is { Name: "cat" }, "cat in place of the shell");
        using WatchTree tree = new(root, isOwnChild: false);
        tree.Tick(again: true, descriptors: false);
        using (Process sleep = Process.GetProcessById(root))
        {
            sleep.Kill();
        }

        await Eventually.TrueAsync(() => ProcessReaders.Tree.Find(root) is { State: 'Z' }, "a zombie");
        tree.RootEnded(null);
        tree.Tick(again: true, descriptors: false);
        tree.Finish();

        Assert.Empty(tree.Alive);
        Assert.Equal(root, Assert.Single(tree.Ended).Pid);
        shell.StandardInput.Close();
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static ImmutableArray<string> CommandOf(WatchTree tree, int pid)
    {
        tree.Tick(again: false, descriptors: false);
        lock (tree.Gate)
        {
            return tree.Alive.FirstOrDefault(one => one.Pid == pid)?.Command ?? [];
        }
    }

    [Fact]
    public async Task ClosingMark_BehindAProcessThatClosedAndEndedAtOnce_LeavesWhatItHadOpen()
    {
        Assert.Equal(4, await LeftOf(endsBeforeTheClosingMark: true));
    }

    [Fact]
    public async Task ClosingMark_OfAProcessThatClosedAndRunsOn_SaysThatItGaveBack()
    {
        Assert.Equal(0, await LeftOf(endsBeforeTheClosingMark: false));
    }

    /// <summary>A runner that has begun the next test before the mark is read has not come far in less than a millisecond: what is open then was opened by the test that ended.</summary>
    [Fact]
    public async Task EndMark_ReadAtOnceWhileTheProgramGoesOn_OwnsWhatIsNew()
    {
        for (Stopwatch deadline = Stopwatch.StartNew(); deadline.Elapsed < TimeSpan.FromMinutes(1);)
        {
            (string owner, int late) = await OwnerOfWhatIsNew(TimeSpan.Zero);
            if (late == 0)
            {
                Assert.Equal("first", owner);
                return;
            }
        }

        throw new TimeoutException("In a minute no mark was read within a millisecond.");
    }

    [Fact]
    public async Task EndMark_ReadLateWhileTheProgramGoesOn_LeavesWhatIsNewToTheNext() => Assert.Equal(("second", 1), await OwnerOfWhatIsNew(TimeSpan.FromMilliseconds(40)));

    /// <summary>A program opens four files, and says that one phase has ended and the next one begun, in one go.</summary>
    private static async Task<(string Owner, int LateMarks)> OwnerOfWhatIsNew(TimeSpan late)
    {
        using Process process = Opener();
        using WatchTree tree = new(process.Id, isOwnChild: false);
        tree.Tick(again: true, descriptors: true);
        Begin(tree, "first");
        tree.Tick(again: false, descriptors: true);
        await Step(process);
        long arrived = Stopwatch.GetTimestamp() - (long)(late.TotalSeconds * Stopwatch.Frequency);
        tree.TakeMark(new Mark(MarkKind.End, "first"), arrived, () => true);
        tree.TakeMark(new Mark(MarkKind.Begin, "second"), arrived, () => false);
        lock (tree.Gate)
        {
            int owner = tree.Alive.Single().Descriptors.Values.Where(item => item.Descriptor?.Target == "/etc/passwd").Select(item => item.Owner).Distinct().Single();
            string name = owner == tree.Book.Open.Number ? tree.Book.Open.Name! : tree.Book.Ended[owner].Name!;
            return (name, tree.LateMarks);
        }
    }

    /// <summary>A suite deletes its folder at the end: what a test left open in it is still the test's.</summary>
    [Fact]
    public async Task File_DeletedWhileItIsOpen_IsStillWhoOpenedItsOwn()
    {
        string file = Path.GetTempFileName();
        using Process process = Opener(file);
        using WatchTree tree = new(process.Id, isOwnChild: false);
        tree.Tick(again: true, descriptors: true);
        Begin(tree, "first");
        await Step(process);
        tree.Tick(again: false, descriptors: true);
        Begin(tree, "second");
        File.Delete(file);

        tree.Tick(again: false, descriptors: true);
        await End(process);
        tree.Finish();

        Assert.Equal(4, tree.LeftByEnded.Count);
        Assert.All(tree.LeftByEnded, item => Assert.Equal("first", tree.Book.Ended[item.Owner].Name));
    }

    /// <summary>Opens four files when a line comes, closes them at the next, and ends at the third.</summary>
    private static Process Opener(string file = "/etc/passwd") => Process.Start(new ProcessStartInfo("/bin/bash", ["-c", $"read; exec 6<{file} 7<{file} 8<{file} 9<{file}; echo; read; exec 6<&- 7<&- 8<&- 9<&-; echo; read"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>A program opens four files in one phase and closes them in the next. How many of them count as left?</summary>
    private static async Task<int> LeftOf(bool endsBeforeTheClosingMark)
    {
        // What is closed counts as closed on the way out for a moment only; a machine that is too busy for that moment tries again.
        for (Stopwatch deadline = Stopwatch.StartNew(); deadline.Elapsed < TimeSpan.FromMinutes(1);)
        {
            using Process process = Opener();
            using WatchTree tree = new(process.Id, isOwnChild: false);
            tree.Tick(again: true, descriptors: true);
            Begin(tree, "opens");
            await Step(process);
            tree.Tick(again: false, descriptors: true);
            Begin(tree, "closes");
            await Step(process);
            Stopwatch moment = Stopwatch.StartNew();
            tree.TakeMark(new Mark(MarkKind.End, "closes"), Stopwatch.GetTimestamp(), () => false);
            if (endsBeforeTheClosingMark)
            {
                await End(process);
            }

            tree.TakeMark(new Mark(MarkKind.Close, ""), Stopwatch.GetTimestamp(), () => false);
            bool quick = moment.Elapsed < DescriptorReadings.OnTheWayOut;
            await End(process);
            tree.Finish();
            if (quick)
            {
                Assert.All(tree.LeftByEnded, item => Assert.Equal("opens", tree.Book.Ended[item.Owner].Name));
                return tree.LeftByEnded.Count;
            }
        }

        throw new TimeoutException("In a minute no two marks came within the moment in which a program is on its way out.");
    }

    private static async Task Step(Process process)
    {
        await process.StandardInput.WriteLineAsync();
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
    }

    private static async Task End(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static void Begin(WatchTree tree, string phase) => tree.TakeMark(new Mark(MarkKind.Begin, phase), Stopwatch.GetTimestamp(), () => false);
}
