using System.Diagnostics;
using System.Globalization;
using Limpet.Cli.Watching.Counters;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Cli.Tests.Watching.Counters;

public sealed class CounterListenersTests
{
    [Fact]
    public async Task Follow_DotNetProcess_TellsWhatItsRuntimeCounts()
    {
        using TargetProcess process = TargetProcess.Start("timers");
        DotNetFigures figures = await FollowAsync(process, figures => figures.Counter("active-timer-count") is not null);
        Assert.Null(figures.Refusal);
        Assert.Equal(long.Parse(process.Truth["Timer.ActiveCount"], CultureInfo.InvariantCulture), figures.Counter("active-timer-count")!.Last);
        Assert.Contains(figures.Counters, counter => counter.Name == "gc-heap-size" && counter.Last > 100_000);
    }

    [Fact]
    public async Task Follow_PortSwitchedOff_IsSaid()
    {
        using TargetProcess process = TargetProcess.Start("objects 10", new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" });
        DotNetFigures figures = await FollowAsync(process, figures => figures.Refusal is not null);
        Assert.Equal($"Process {process.Id} was started with diagnostics switched off (DOTNET_EnableDiagnostics=0). Start it without that setting.", figures.Refusal);
        Assert.Empty(figures.Counters);
    }

    [Fact]
    public async Task Follow_ProcessesOneAfterTheOther_LeaveRoomForTheNext()
    {
        string one = $"dotnet '{TargetProcess.DefaultDll}' objects 10";
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{one}; {one}; exit"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            using WatchTree tree = new(shell.Id, isOwnChild: false);
            using CounterListeners listeners = new(redact: true, most: 1);
            int first = (await AskedAsync(tree, listeners, _ => true)).Pid;
            using (Process process = Process.GetProcessById(first))
            {
                process.Kill();
            }

            FollowedProcess second = await AskedAsync(tree, listeners, process => process.Pid != first);
            Assert.Equal("it ended, or was watched for too short, before it published anything", second.Counters!.Figures().Refusal);
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
        }
    }

    private static async Task<FollowedProcess> AskedAsync(WatchTree tree, CounterListeners listeners, Func<FollowedProcess, bool> which)
    {
        FollowedProcess? asked = null;
        await Eventually.TrueAsync(
            () =>
            {
                tree.Tick(again: true, descriptors: false);
                listeners.Follow(tree, tree.Now);
                lock (tree.Gate)
                {
                    asked = tree.Alive.FirstOrDefault(process => process.Counters is not null && which(process));
                }

                return asked is not null;
            },
            "a process that was asked");
        return asked!;
    }

    private static async Task<DotNetFigures> FollowAsync(TargetProcess process, Func<DotNetFigures, bool> until)
    {
        using WatchTree tree = new(process.Id, isOwnChild: false);
        using CounterListeners listeners = new(redact: true);
        DotNetFigures? figures = null;
        await Eventually.TrueAsync(
            () =>
            {
                tree.Tick(again: true, descriptors: false);
                listeners.Follow(tree, tree.Now);
                lock (tree.Gate)
                {
                    figures = tree.Alive.FirstOrDefault(one => one.Pid == process.Id)?.Counters?.Figures();
                }

                return figures is not null && until(figures);
            },
            "counters");
        return figures!;
    }
}
