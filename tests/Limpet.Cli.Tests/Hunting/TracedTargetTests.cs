using System.Diagnostics;
using Limpet.Capture.Live;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Cli.Hunting.Target;
using Limpet.Heap;
using Limpet.Testing;

namespace Limpet.Cli.Tests.Hunting;

public sealed class TracedTargetTests
{
    private const int Captures = 50;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Capture_StartedTargetWhileOtherChildrenExit_TargetStaysAndItsExitIsRight()
    {
        await using HuntTarget target = HuntTarget.Start(new ProcessCommand(["dotnet", TargetProcess.DefaultDll, "objects", "1000"]));
        await Eventually.TrueAsync(() => target.Output.Texts().Contains("ready"), "the target");
        using IDriver each = new EachDriver(new DriverOptions.Each("exit 0"), null, target.RootPid);
        using CancellationTokenSource captured = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Task<StretchResult> commands = Stretch.DriveAsync(each, int.MaxValue, 1, TimeSpan.FromSeconds(60), captured.Token);
        Task<int> others = StartOthersAsync(captured.Token);

        using (LiveTarget live = LiveTarget.Attach(target.RootPid))
        {
            for (int capture = 0; capture < Captures; capture++)
            {
                using HeapGraph graph = live.Capture(cancellation: Cancelled).Graph;
                Assert.True(graph.NodeCount > 1000);
            }
        }

        await captured.CancelAsync();
        StretchResult result = await commands;
        Assert.Equal((0, false), (result.Failed, result.DeadlinePassed));
        Assert.True(result.Done > 5 && await others > 5, $"{result.Done} commands are too few to show anything");
        Assert.False(target.Exited.IsCompleted);
        using IDriver line = new StdinLineDriver(target, new DriverOptions.StdinLine("op", null));
        Assert.Equal(1, (await Stretch.DriveAsync(line, 1, 1, TimeSpan.FromSeconds(60), Cancelled)).Done);
        await target.WriteAsync("quit\n"u8.ToArray(), Cancelled);
        Assert.Equal(0, (await target.Exited.WaitAsync(TimeSpan.FromSeconds(20), Cancelled)).ExitCode);
    }

    /// <summary>Children of the class library, whose own SIGCHLD handler looks at every child that stops or ends.</summary>
    private static async Task<int> StartOthersAsync(CancellationToken stop)
    {
        int count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            using Process other = Process.Start("/bin/sh", ["-c", "exit 3"]);
            await other.WaitForExitAsync(Cancelled);
            Assert.Equal(3, other.ExitCode);
        }

        return count;
    }
}
