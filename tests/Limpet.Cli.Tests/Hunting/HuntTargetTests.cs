using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Limpet.Cli.Hunting;
using Limpet.Cli.Hunting.Target;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Cli.Tests.Hunting;

public sealed class HuntTargetTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_Command_EndsWithItsTree()
    {
        HuntTarget target = HuntTarget.Start(Shell("trap '' TERM; (trap '' TERM; sleep 600) & sleep 601 & echo up; wait"));
        await Eventually.TrueAsync(() => target.Output.Texts().Contains("up") && target.Tree().Count(entry => entry.Name == "sleep") == 2, "the tree");
        IReadOnlyCollection<ProcessEntry> tree = target.Tree();

        await target.DisposeAsync();

        Assert.All(tree, entry => Assert.False(ProcessSignal.IsAlive(entry), $"{entry} is still there"));
    }

    [Fact]
    public async Task Start_Command_OrphansAreEndedToo()
    {
        // The child's parent ends at once: only its group tells that it belongs to the tree.
        HuntTarget target = HuntTarget.Start(Shell("(sleep 602 &); echo up; cat"));
        await Eventually.TrueAsync(() => target.Output.Texts().Contains("up") && target.Tree().Any(entry => entry.Name == "sleep"), "the orphan");
        ProcessEntry orphan = target.Tree().Single(entry => entry.Name == "sleep");
        Assert.NotEqual(target.RootPid, orphan.ParentPid);

        await target.DisposeAsync();

        Assert.False(ProcessSignal.IsAlive(orphan));
    }

    [Fact]
    public async Task Start_CommandThatEndsWithItsInput_ExitsByItself()
    {
        HuntTarget target = HuntTarget.Start(Shell("cat; echo input ended; exit 7"));

        await target.DisposeAsync();

        TargetExit exit = await target.Exited;
        Assert.Equal(7, exit.ExitCode);
        Assert.Equal(["input ended"], exit.LastLines.Select(line => line.Text));
    }

    [Fact]
    public async Task Start_Command_IsNotInLimpetsSession()
    {
        await using HuntTarget target = HuntTarget.Start(Shell("cat"));

        await Eventually.TrueAsync(() => ProcessReaders.Tree.Find(target.RootPid)!.Group == target.RootPid, "a group of its own");
    }

    [Fact]
    public async Task Start_WorkingDirectoryAndEnvironment_AreUsed()
    {
        await using HuntTarget target = HuntTarget.Start(Shell("pwd; echo $SHOP_LEAK") with
        {
            WorkingDirectory = "/usr",
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("SHOP_LEAK", "a b"),
        });

        Assert.Equal(["/usr", "a b"], (await target.Exited).LastLines.Select(line => line.Text));
    }

    [Fact]
    public async Task Exited_Exit_HasCodeAndLastLines()
    {
        await using HuntTarget target = HuntTarget.Start(Shell("seq 1 100; echo 'token=hunter2 \u001b[2J' >&2; exit 3"));

        TargetExit exit = await target.Exited.WaitAsync(TimeSpan.FromSeconds(20), Cancelled);

        Assert.Equal(3, exit.ExitCode);
        Assert.Null(exit.Signal);
        Assert.Equal(OutputLines.Kept, exit.LastLines.Count(line => !line.IsError));
        Assert.Equal("token=hunter2 \u001b[2J", exit.LastWord);
        string text = exit.Describe();
        Assert.Equal(11, exit.LinesToShow().Count());
        Assert.StartsWith("exited with code 3; its last output:\n    ", text, StringComparison.Ordinal);
        Assert.Contains(@"token=*** \u001b[2J", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exited_Signal_IsNamed()
    {
        await using HuntTarget target = HuntTarget.Start(Shell("kill -SEGV $$"));

        TargetExit exit = await target.Exited.WaitAsync(TimeSpan.FromSeconds(20), Cancelled);

        Assert.Equal("was ended by SIGSEGV (exit code 139) and wrote nothing", exit.Describe());
    }

    [Fact]
    public async Task Exited_GrandchildHoldsTheOutput_IsSeenAtOnce()
    {
        await using HuntTarget target = HuntTarget.Start(Shell("sleep 603 & exit 5"));

        Assert.Equal(5, (await target.Exited.WaitAsync(TimeSpan.FromSeconds(20), Cancelled)).ExitCode);
    }

    [Theory]
    [InlineData("no-such-command-here", "Command no-such-command-here is not found in PATH. Check its name, or give its path: ./no-such-command-here")]
    [InlineData("./no-such-command", "Command ./no-such-command does not exist (/usr/no-such-command). Check the path; it counts from /usr.")]
    [InlineData("/etc/passwd", "Command /etc/passwd is not executable. Make it executable: chmod +x /etc/passwd")]
    [InlineData("/usr/bin", "Command /usr/bin is a folder (/usr/bin). Give a program; for a project: dotnet run --project /usr/bin")]
    [InlineData("", "The command to start is an empty word. Give the name of a program after --.")]
    public void Start_CommandThatCannotStart_SaysWhy(string command, string message)
    {
        LimpetException error = Assert.Throws<LimpetException>(() => HuntTarget.Start(new ProcessCommand([command]) { WorkingDirectory = "/usr" }));

        Assert.Equal(message, error.Message);
        Assert.Equal(Trouble.BadInput, error.Trouble);
    }

    [Fact]
    public void Attach_NoSuchProcess_SaysSo()
    {
        using Process gone = Process.Start("/bin/true");
        gone.WaitForExit();

        LimpetException error = Assert.Throws<LimpetException>(() => HuntTarget.Attach(gone.Id));

        Assert.Equal($"There is no process {gone.Id}. `limpet ps` lists the .NET processes.", error.Message);
    }

    [Fact]
    public async Task Attach_Process_IsLeftAlone()
    {
        await using HuntTarget owner = HuntTarget.Start(DotNetChild.Command());
        await Eventually.TrueAsync(() => owner.Output.Texts().Contains("listening"), "the child");
        HuntTarget target = HuntTarget.Attach(owner.RootPid);
        Assert.Equal(owner.RootPid, target.Program!.Pid);
        Assert.False(target.IsStarted);

        await target.DisposeAsync();

        Assert.True(ProcessSignal.IsAlive(ProcessReaders.Tree.Find(owner.RootPid)!));
        Assert.False(target.Exited.IsCompleted);
    }

    [Fact]
    public async Task Attach_ProcessEnds_IsSeenAtOnce()
    {
        await using HuntTarget owner = HuntTarget.Start(DotNetChild.Command());
        await Eventually.TrueAsync(() => owner.Output.Texts().Contains("listening"), "the child");
        await using HuntTarget target = HuntTarget.Attach(owner.RootPid);

        await owner.WriteAsync("exit 9\n"u8.ToArray(), Cancelled);

        Assert.Equal(new TargetExit(null, []), await target.Exited.WaitAsync(TimeSpan.FromSeconds(20), Cancelled));
        Assert.Equal(9, (await owner.Exited).ExitCode);
    }

    [Fact]
    public async Task Start_OutputWithoutLineEnd_CostsBoundedMemory()
    {
        await using HuntTarget target = HuntTarget.Start(Shell("head -c 5000000 /dev/zero | tr '\\0' 'x'; echo; echo end"));

        TargetExit exit = await target.Exited.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

        Assert.Equal([LineReader.LongestLine, 3], exit.LastLines.Select(line => line.Text.Length));
    }

    [Fact]
    public async Task Start_LimpetIsKilled_TargetSeesTheEndOfItsInputAndRunsOn()
    {
        string file = Path.GetTempFileName();
        ProcessCommand command = DotNetChild.Command("launcher");
        await using HuntTarget launcher = HuntTarget.Start(command with { Environment = command.Environment.Add("LIMPET_TEST_FILE", file) });
        await Eventually.TrueAsync(() => launcher.Output.Texts() is [['s', ..], ..], "the launcher");
        int pid = int.Parse(launcher.Output.Texts()[0]["started ".Length..], null);
        ProcessEntry started = launcher.Tree().Single(entry => entry.Pid == pid);
        Assert.Equal(pid, started.Group);

        ProcessSignal.Send(ProcessReaders.Tree.Find(launcher.RootPid)!, ProcessSignal.Kill);

        Assert.Equal("SIGKILL", (await launcher.Exited).Signal);
        await Eventually.TrueAsync(() => File.ReadAllText(file).Length > 0, "the end of its input"); // only then does it write
        string before = await File.ReadAllTextAsync(file, Encoding.UTF8, Cancelled);
        await Eventually.TrueAsync(() => File.ReadAllText(file) is { Length: > 0 } now && now != before, "it goes on");
        Assert.True(ProcessSignal.IsAlive(started));
        ProcessSignal.Send(started, ProcessSignal.Kill);
        await Eventually.TrueAsync(() => !ProcessSignal.IsAlive(started), "its end");
        File.Delete(file);
    }

    internal static ProcessCommand Shell(string script) => new(["/bin/sh", "-c", script]);
}
