using System.Diagnostics;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Cli.Hunting.Target;
using Limpet.Resources;
using Limpet.Testing;

namespace Limpet.Cli.Tests.Hunting;

/// <summary>However a target behaves, its end is reached, and in time.</summary>
public sealed class EndingTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task End_KilledTarget_ExitIsKnownEveryTime()
    {
        // The notice of an exit and the end of the process race: once is not enough.
        for (int round = 0; round < 20; round++)
        {
            StartedProcess process = StartedProcess.Start(HuntTargetTests.Shell("trap '' TERM; echo up; sleep 607"));
            await Eventually.TrueAsync(() => process.Output.Texts().Contains("up"), "the command");

            await process.EndAsync(TimeSpan.FromSeconds(1), gently: false);
            await process.DisposeAsync();

            Assert.Equal("SIGKILL", (await process.Exited.WaitAsync(TimeSpan.FromSeconds(10), Cancelled)).Signal);
        }
    }

    [Fact]
    public async Task End_DeafTreeInOtherSessionsHoldsThePipes_AllIsGoneWithinTheBound()
    {
        StartedProcess process = StartedProcess.Start(HuntTargetTests.Shell("trap '' TERM; setsid sh -c \"trap '' TERM; sleep 608; :\" & sleep 609 & echo up; wait; wait; wait"));
        await Eventually.TrueAsync(() => process.Tree().Count(entry => entry.Name == "sleep") == 2, "the tree");
        IReadOnlyCollection<ProcessEntry> tree = process.Tree();
        Assert.Contains(tree, entry => entry.Group != process.Pid);
        _ = process.WriteAsync(new byte[200_000], Cancelled); // nobody reads it

        long start = Stopwatch.GetTimestamp();
        TimeSpan patience = TimeSpan.FromSeconds(2);
        await process.EndAsync(patience);

        Assert.InRange(Stopwatch.GetElapsedTime(start), patience, 3 * patience);
        Assert.All(tree, entry => Assert.False(ProcessSignal.IsAlive(entry), $"{entry} is still there"));
        await process.DisposeAsync();
        Assert.Equal(137, (await process.Exited).ExitCode);
    }

    [Fact]
    public async Task End_Twice_BothWaitForTheEnd()
    {
        StartedProcess process = StartedProcess.Start(HuntTargetTests.Shell("cat; echo input ended; exit 7"));

        Task first = process.EndAsync(Long);
        Assert.Same(first, process.EndAsync(Long));
        await first;

        Assert.Equal(7, (await process.Exited).ExitCode);
        await process.DisposeAsync();
    }

    [Fact]
    public async Task Interrupted_StartedTarget_EndsByTheEndOfItsInput()
    {
        HuntTarget target = await EchoAsync();
        using IDriver driver = new StdinLineDriver(target, new DriverOptions.StdinLine("silent", null));
        using CancellationTokenSource interrupt = new(TimeSpan.FromMilliseconds(200));

        StretchResult result = await Stretch.DriveAsync(driver, 10, 1, Long, interrupt.Token);
        Assert.False(target.Exited.IsCompleted);
        await target.DisposeAsync();

        Assert.Equal((0, 0, true), (result.Done, result.Failed, result.Interrupted));
        Assert.Equal((0, null), ((await target.Exited).ExitCode, (await target.Exited).Signal));
    }

    [Fact]
    public async Task Interrupted_AttachedTarget_GoesOnAnswering()
    {
        await using HuntTarget owner = await EchoAsync();
        using IDriver driver = new IdleDriver(Long);
        using CancellationTokenSource interrupt = new(TimeSpan.FromMilliseconds(200));
        await using (HuntTarget.Attach(owner.RootPid))
        {
            Assert.True((await Stretch.DriveAsync(driver, 1, 1, Long, interrupt.Token)).Interrupted);
        }

        using IDriver line = new StdinLineDriver(owner, new DriverOptions.StdinLine("import", null));
        Assert.Equal(1, (await Stretch.DriveAsync(line, 1, 1, Long, Cancelled)).Done);
    }

    [Theory]
    [InlineData("crash-after 5", 134, "SIGABRT", "crash-after: operation 5")]
    [InlineData("exit-after 5", null, null, "")]
    public async Task Exited_InTheMiddleOfARound_IsKnownAtOnce(string role, int? exitCode, string? signal, string lastLine)
    {
        await using HuntTarget target = await TargetAsync(role);
        using IDriver driver = new StdinLineDriver(target, new DriverOptions.StdinLine("op", null));

        StretchResult result = await Stretch.DriveAsync(driver, 20, 1, Long, Cancelled);

        Assert.False(result.DeadlinePassed);
        Assert.Equal(20, result.Done + result.Failed);
        Assert.InRange(result.Done, 4, 5);
        Assert.True(target.Exited.IsCompleted);
        TargetExit exit = await target.Exited;
        Assert.Equal(signal, exit.Signal);
        Assert.True(exitCode is null ? exit.ExitCode is > 0 and < 128 : exit.ExitCode == exitCode, $"{exit.ExitCode}");
        Assert.Contains(exit.LastLines, line => line.Text.Contains(lastLine, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exited_DuringAStretchThatDoesNotAskIt_IsKnownAtOnce()
    {
        await using HuntTarget target = await EchoAsync();
        using IDriver driver = new IdleDriver(Long);
        using CancellationTokenSource ended = new();
        Task<StretchResult> stretch = Stretch.DriveAsync(driver, 1, 1, Long, ended.Token);

        await target.WriteAsync("kill\n"u8.ToArray(), Cancelled);
        Assert.Equal("SIGKILL", (await target.Exited.WaitAsync(TimeSpan.FromSeconds(20), Cancelled)).Signal);
        await ended.CancelAsync();

        Assert.True((await stretch).Interrupted);
    }

    [Fact]
    public async Task StdinLine_TargetThatNeverReads_TimesOutAndEnds()
    {
        HuntTarget target = await TargetAsync("ignore-stdin");
        using IDriver driver = new StdinLineDriver(target, new DriverOptions.StdinLine("op", null));

        StretchResult result = await Stretch.DriveAsync(driver, 20, 1, TimeSpan.FromMilliseconds(300), Cancelled);

        Assert.Equal((0, 1, true, false), (result.Done, result.Failed, result.DeadlinePassed, result.Interrupted));
        Assert.Equal("no answer within 300ms", Assert.Single(result.Failures).Reason);
        Assert.False(target.Exited.IsCompleted);
        await target.DisposeAsync();
        Assert.True(target.Exited.IsCompleted);
    }

    private static async Task<HuntTarget> EchoAsync()
    {
        HuntTarget target = HuntTarget.Start(DotNetChild.Command());
        await Eventually.TrueAsync(() => target.Output.Texts().Contains("listening"), "the child");
        return target;
    }

    private static async Task<HuntTarget> TargetAsync(string arguments)
    {
        HuntTarget target = HuntTarget.Start(new ProcessCommand(["dotnet", Testing.TargetProcess.DefaultDll, .. arguments.Split(' ')]));
        await Eventually.TrueAsync(() => target.Output.Texts().Contains("ready"), "the target");
        return target;
    }
}
