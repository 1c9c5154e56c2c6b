using System.Collections.Immutable;
using System.Diagnostics;
using Limpet.Cli.Hunting;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Cli.Hunting.Target;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Cli.Tests.Hunting;

public sealed class DriverTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StdinLine_EchoingTarget_EveryLineIsAnswered()
    {
        await using HuntTarget target = await EchoAsync();
        using IDriver driver = new StdinLineDriver(target, new DriverOptions.StdinLine("import", null));

        StretchResult result = await Stretch.DriveAsync(driver, 200, 1, Long, Cancelled);

        Assert.Equal((200, 0, false, false), (result.Done, result.Failed, result.DeadlinePassed, result.Interrupted));
        Assert.True(result.Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task StdinLine_ReplyLine_ChoosesTheAnswer()
    {
        await using HuntTarget target = await EchoAsync();
        LinePattern.TryParse("^done", out LinePattern? reply, out _);
        using IDriver driver = new StdinLineDriver(target, new DriverOptions.StdinLine("noisy", reply));

        StretchResult result = await Stretch.DriveAsync(driver, 10, 1, Long, Cancelled);

        Assert.Equal((10, 0), (result.Done, result.Failed));
        Assert.Equal("done noisy", target.Output.Texts()[^1]);
        Assert.Equal(10, target.Output.Texts().Count(line => line == "done noisy"));
    }

    [Fact]
    public async Task StdinLine_FailLine_CountsItsAnswersAsFailed()
    {
        await using HuntTarget target = await EchoAsync();
        LinePattern.TryParse("^never", out LinePattern? reply, out _);
        LinePattern.TryParse("refused", out LinePattern? fail, out _);
        using IDriver driver = new StdinLineDriver(target, new DriverOptions.StdinLine("refused token=hunter2 \u001b[2J", reply, fail));

        StretchResult result = await Stretch.DriveAsync(driver, 10, 1, Long, Cancelled);

        Assert.Equal((0, 10, false), (result.Done, result.Failed, result.DeadlinePassed));
        Assert.Equal(new FailureCount("answered like \"done refused token=*** \\u001b[2J\"", 10), Assert.Single(result.Failures));
    }

    [Fact]
    public async Task StdinLine_FailLineThatNoAnswerMatches_ChangesNothing()
    {
        await using HuntTarget target = await EchoAsync();
        LinePattern.TryParse("^error", out LinePattern? fail, out _);
        using IDriver driver = new StdinLineDriver(target, new DriverOptions.StdinLine("import", null, fail));

        StretchResult result = await Stretch.DriveAsync(driver, 10, 1, Long, Cancelled);

        Assert.Equal((10, 0), (result.Done, result.Failed));
    }

    [Fact]
    public void LineShapes_LinesThatDifferInNumbers_AreOneUpToABound()
    {
        LineShapes shapes = new(2);
        Assert.Equal("order 17 of 2", shapes.Representative("order 17 of 2"));
        Assert.Equal("order 17 of 2", shapes.Representative("order 1805 of 30"));
        Assert.Equal("no order 3", shapes.Representative("no order 3"));
        Assert.Equal("too many 1", shapes.Representative("too many 1"));
        Assert.Equal("too many 2", shapes.Representative("too many 2"));
        Assert.Equal("no order 3", shapes.Representative("no order 4"));
    }

    [Fact]
    public async Task StdinLine_TargetDoesNotAnswer_DeadlineEndsTheStretch()
    {
        await using HuntTarget target = await EchoAsync();
        using IDriver driver = new StdinLineDriver(target, new DriverOptions.StdinLine("silent", null));

        StretchResult result = await Stretch.DriveAsync(driver, 1000, 1, TimeSpan.FromMilliseconds(300), Cancelled);

        Assert.Equal((0, 1, true, false), (result.Done, result.Failed, result.DeadlinePassed, result.Interrupted));
        Assert.Equal(new FailureCount("no answer within 300ms", 1), Assert.Single(result.Failures));
        Assert.False(target.Exited.IsCompleted);
    }

    [Fact]
    public async Task StdinLine_TargetIgnoresItsInput_DeadlinePassesAndTheTargetIsEnded()
    {
        HuntTarget target = HuntTarget.Start(DotNetChild.Command("deaf"));
        await Eventually.TrueAsync(() => target.Output.Texts().Contains("listening"), "the child");
        using IDriver driver = new StdinLineDriver(target, new DriverOptions.StdinLine(new string('x', 200_000), null)); // more than a pipe holds

        StretchResult first = await Stretch.DriveAsync(driver, 10, 1, TimeSpan.FromMilliseconds(300), Cancelled);
        StretchResult second = await Stretch.DriveAsync(driver, 10, 1, TimeSpan.FromMilliseconds(300), Cancelled);

        Assert.Equal((0, 1, true), (first.Done, first.Failed, first.DeadlinePassed));
        Assert.Equal((0, 1, true), (second.Done, second.Failed, second.DeadlinePassed));
        await target.DisposeAsync();
        Assert.Equal("SIGKILL", (await target.Exited).Signal);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("kill", 137)]
    public async Task StdinLine_TargetEndsMeanwhile_FailsAtOnce(string line, int exitCode)
    {
        await using HuntTarget target = await EchoAsync();
        LinePattern.TryParse("^never", out LinePattern? reply, out _);
        using IDriver driver = new StdinLineDriver(target, new DriverOptions.StdinLine(line, reply));

        StretchResult result = await Stretch.DriveAsync(driver, 3, 1, Long, Cancelled);

        Assert.Equal((0, 3, false), (result.Done, result.Failed, result.DeadlinePassed));
        Assert.Equal("the target ended before it answered", result.Failures[0].Reason);
        Assert.Equal(exitCode, (await target.Exited).ExitCode);
    }

    [Fact]
    public async Task Url_Addresses_AreTakenInTurnWithMethodBodyAndHeaders()
    {
        using TestServer server = new();
        using IDriver driver = new UrlDriver(
            new DriverOptions.Url([new Uri(server.Address, "a"), new Uri(server.Address, "b?c=1")]) { Method = "POST", Body = "{}", Headers = [new("X-Probe", "p"), new("Content-Type", "text/x")] },
            1);

        StretchResult result = await Stretch.DriveAsync(driver, 4, 1, Long, Cancelled);

        Assert.Equal((4, 0), (result.Done, result.Failed));
        Assert.Equal(["POST /a p text/x {}", "POST /b?c=1 p text/x {}", "POST /a p text/x {}", "POST /b?c=1 p text/x {}"], server.Requests);
    }

    [Fact]
    public async Task Url_SomeFail_AreCountedAndTheRestGoOn()
    {
        using TestServer server = new();
        int asked = 0;
        server.Answer = _ => (Interlocked.Increment(ref asked) % 4) switch { 0 => (500, "no"), 1 => (302, ""), _ => (200, "ok") };
        using IDriver driver = new UrlDriver(new DriverOptions.Url([new Uri(server.Address, "orders?token=hunter2")]), 4);

        StretchResult result = await Stretch.DriveAsync(driver, 40, 4, Long, Cancelled);

        Assert.Equal(
            $"""
            GET {server.Address}orders?token=*** answered 302 Found: 10
            GET {server.Address}orders?token=*** answered 500 Internal Server Error: 10
            """,
            string.Join('\n', result.Failures.Select(failure => $"{failure.Reason}: {failure.Count}").Order(StringComparer.Ordinal)));
        Assert.Equal((20, 20, false), (result.Done, result.Failed, result.DeadlinePassed));
    }

    [Fact]
    public async Task Url_NobodyListens_EveryOperationFails()
    {
        using IDriver driver = new UrlDriver(new DriverOptions.Url([new Uri("http://127.0.0.1:1/")]), 1);

        StretchResult result = await Stretch.DriveAsync(driver, 3, 1, Long, Cancelled);

        Assert.Equal((0, 3, false), (result.Done, result.Failed, result.DeadlinePassed));
        Assert.Equal(new FailureCount("GET http://127.0.0.1:1/ failed: Connection refused", 3), Assert.Single(result.Failures));
    }

    [Fact]
    public async Task Url_ServerClosesConnectionsUnannounced_NoOperationFails()
    {
        using ClosingServer server = new();
        using IDriver driver = new UrlDriver(new DriverOptions.Url([server.Address]), 4);

        StretchResult result = await Stretch.DriveAsync(driver, 400, 4, Long, Cancelled);

        Assert.Equal("", string.Join('\n', result.Failures));
        Assert.Equal((400, 0, false), (result.Done, result.Failed, result.DeadlinePassed));
        Assert.True(server.Connections >= 400, $"Only {server.Connections} connections: nothing was closed.");
    }

    [Fact]
    public async Task Url_BodyThatNeverEnds_DeadlinePasses()
    {
        using TestServer server = new() { Answer = _ => (200, null) };
        using IDriver driver = new UrlDriver(new DriverOptions.Url([server.Address]), 1);

        StretchResult result = await Stretch.DriveAsync(driver, 3, 1, TimeSpan.FromMilliseconds(400), Cancelled);

        Assert.Equal((0, 1, true), (result.Done, result.Failed, result.DeadlinePassed));
    }

    [Theory]
    [InlineData("bad name", "x")]
    [InlineData("X-Good", "a\r\nX-Injected: 1")]
    [InlineData("Content-Type", "text/plain")]
    public void Url_HeaderThatCannotBeSent_SaysSo(string name, string value) =>
        Assert.StartsWith(
            "The header ",
            Assert.Throws<LimpetException>(() => new UrlDriver(new DriverOptions.Url([new Uri("http://127.0.0.1:1/")]) { Headers = [new(name, value)] }, 1)).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Each_Command_SeesTheTargetAndSucceeds()
    {
        string file = Path.GetTempFileName();
        using IDriver driver = new EachDriver(new DriverOptions.Each($"echo $LIMPET_TARGET_PID >> {file}"), null, 4242);

        StretchResult result = await Stretch.DriveAsync(driver, 3, 1, Long, Cancelled);

        Assert.Equal((3, 0), (result.Done, result.Failed));
        Assert.Equal(["4242", "4242", "4242"], await File.ReadAllLinesAsync(file, Cancelled));
        File.Delete(file);
    }

    [Fact]
    public async Task Each_CommandFails_HasItsCodeAndLastLine()
    {
        using IDriver driver = new EachDriver(new DriverOptions.Each("echo no such order, token=hunter2 >&2; exit 22"), null, 1);

        StretchResult result = await Stretch.DriveAsync(driver, 4, 2, Long, Cancelled);

        Assert.Equal(new FailureCount("the command exited with code 22: no such order, token=***", 4), Assert.Single(result.Failures));
    }

    [Fact]
    public async Task Each_CommandTimesOut_IsEndedWithItsTree()
    {
        string file = Path.GetTempFileName();
        using IDriver driver = new EachDriver(new DriverOptions.Each($"trap '' TERM; sleep 604 & echo $! $$ > {file}; wait"), null, 1);

        StretchResult result = await Stretch.DriveAsync(driver, 3, 1, TimeSpan.FromSeconds(2), Cancelled);

        Assert.Equal((0, 1, true), (result.Done, result.Failed, result.DeadlinePassed));
        string[] pids = (await File.ReadAllTextAsync(file, Cancelled)).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, pids.Length);
        Assert.All(pids, pid => Assert.True(ProcessReaders.Tree.Find(int.Parse(pid, null)) is null or { Ended: true }, $"{pid} is still there"));
        File.Delete(file);
    }

    [Fact]
    public async Task Idle_Stretch_TakesItsTimeWithoutDeadline()
    {
        using IDriver driver = new IdleDriver(TimeSpan.FromMilliseconds(200));

        StretchResult result = await Stretch.DriveAsync(driver, 1, 1, TimeSpan.FromMilliseconds(1), Cancelled);

        Assert.Equal((1, 0, false), (result.Done, result.Failed, result.DeadlinePassed));
        Assert.True(result.Duration >= TimeSpan.FromMilliseconds(190));
    }

    [Fact]
    public async Task Drive_Cancelled_KeepsWhatWasDone()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        using FakeDriver driver = new(call =>
        {
            if (call == 5)
            {
                stop.Cancel();
            }

            return null;
        });

        StretchResult result = await Stretch.DriveAsync(driver, 100, 1, Long, stop.Token);

        Assert.Equal((5, 0, true), (result.Done, result.Failed, result.Interrupted));
    }

    [Fact]
    public async Task Drive_ManyReasons_AreBounded()
    {
        using FakeDriver driver = new(call => $"reason {call}");

        StretchResult result = await Stretch.DriveAsync(driver, 100, 1, Long, Cancelled);

        Assert.Equal(100, result.Failed);
        Assert.Equal(Stretch.MostReasons + 1, result.Failures.Length);
        Assert.Equal("reason 1", result.Failures[0].Reason);
        Assert.Equal(new FailureCount("other reasons", 100 - Stretch.MostReasons), result.Failures[^1]);
    }

    [Fact]
    public async Task Drive_Concurrency_IsReachedAndNotPassed()
    {
        using ParallelDriver driver = new(4);

        StretchResult result = await Stretch.DriveAsync(driver, 40, 4, Long, Cancelled);

        Assert.Equal((40, 4), (result.Done, driver.Most));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(41, 1)]
    [InlineData(1009, 1)]
    [InlineData(40, 4)]
    public async Task Drive_WithPauses_DoesAsMuchAndTellsHowLongItPaused(int operations, int concurrency)
    {
        using FakeDriver driver = new(_ => null);
        TimeSpan pauses = TimeSpan.FromSeconds(0.5);
        long start = Stopwatch.GetTimestamp();

        StretchResult result = await Stretch.DriveAsync(driver, operations, pauses, concurrency, Long, Cancelled);

        Assert.Equal(operations, result.Done);
        Assert.InRange(result.Paused, 0.9 * pauses, Stopwatch.GetElapsedTime(start));
        Assert.InRange(result.Duration + result.Paused, pauses * 0.9, Stopwatch.GetElapsedTime(start));
    }

    [Fact]
    public async Task Drive_CancelledInAPause_EndsAtOnceAndKeepsWhatWasDone()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        using FakeDriver driver = new(_ =>
        {
            stop.CancelAfter(TimeSpan.FromMilliseconds(50));
            return null;
        });

        StretchResult result = await Stretch.DriveAsync(driver, 2, TimeSpan.FromMinutes(10), 1, Long, stop.Token);

        Assert.Equal((1, true), (result.Done, result.Interrupted));
    }

    private static async Task<HuntTarget> EchoAsync()
    {
        HuntTarget target = HuntTarget.Start(DotNetChild.Command());
        await Eventually.TrueAsync(() => target.Output.Texts().Contains("listening"), "the child");
        return target;
    }

    private sealed class FakeDriver(Func<int, string?> operation) : IDriver
    {
        private int _calls;

        public bool HasDeadline => true;

        public Task<OperationOutcome> RunAsync(CancellationToken cancellationToken) => Task.FromResult(new OperationOutcome(operation(++_calls)));

        public void Dispose()
        {
        }
    }

    /// <summary>Operations that end only when as many run as should run at the same time.</summary>
    private sealed class ParallelDriver(int together) : IDriver
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _running;

        public int Most { get; private set; }

        public bool HasDeadline => true;

        public async Task<OperationOutcome> RunAsync(CancellationToken cancellationToken)
        {
            Task all;
            lock (_gate)
            {
                _running++;
                Most = Math.Max(Most, _running);
                all = _all.Task;
                if (_running == together)
                {
                    _running = 0;
                    _all.SetResult();
                    _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }

            await all.WaitAsync(cancellationToken);
            return OperationOutcome.Succeeded;
        }

        public void Dispose()
        {
        }
    }
}
