using System.Runtime.CompilerServices;
using Limpet.Checks;
using Limpet.Results;
using Limpet.Tracking;

namespace Limpet.Tests.Checks;

/// <summary>Operations that leave something behind each time, and operations that do not. Without the tool: what the process sees by itself.</summary>
public sealed class LeakCheckTests
{
    private static readonly LeakCheckOptions Alone = new() { Trace = false };

    [Fact]
    public void Find_OperationWithoutARest_IsClean()
    {
        CheckResult result = Quietly(() => LeakCheck.Find(() => new byte[100].AsSpan().Clear(), Alone));

        Assert.True(result.Verdict == Verdict.Clean, CheckReport.Write(result));
        Assert.True(result.Passed);
        Assert.InRange(result.Operations.Done, 200, 2000);
    }

    [Fact]
    public void Find_ArrayKeptByEachOperation_IsALeak()
    {
        List<object> kept = new(100_000);

        CheckResult result = LeakCheck.Find(() => kept.Add(new byte[20_000]), Alone);

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        Assert.Equal("managed memory", result.Findings[0].Subject);

        // The runner of the tests was seen to give back a third of a megabyte meanwhile.
        Assert.InRange(result.Findings[0].PerOperation!.Bytes!.Value, 15_000, 25_000);
    }

    [Fact]
    public void Find_TimerStartedByEachOperation_IsATimerLeak()
    {
        List<Timer> kept = new(100_000);
        try
        {
            CheckResult result = LeakCheck.Find(() => kept.Add(new Timer(_ => { }, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1))), Alone);

            Finding finding = Assert.Single(result.Findings, finding => finding.Kind == FindingKind.TimerLeak);
            Assert.Equal(1, finding.PerOperation!.Count!.Value, 2);
        }
        finally
        {
            kept.ForEach(timer => timer.Dispose());
        }
    }

    [Fact]
    public void Find_OperationThatAlwaysThrows_WasNotRun()
    {
        CheckResult result = LeakCheck.Find(() => Fail(really: true), Alone);

        Assert.Equal(Verdict.NotRun, result.Verdict);
        Assert.False(result.Passed);
        Assert.Equal(0, result.Operations.Done);
        Assert.Contains("InvalidOperationException: it failed; let it pass in a test of its own first", CheckReport.Write(result), StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(result.SubjectError);
    }

    [Fact]
    public void Find_OperationThatThrowsMostly_IsInconclusive()
    {
        int calls = 0;

        CheckResult result = LeakCheck.Find(() => Fail(++calls % 3 != 0), Alone);

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
    }

    [Fact]
    public void Find_OperationThatDoesNotReturn_IsAHang()
    {
        using ManualResetEventSlim never = new();
        int calls = 0;

        CheckResult result = LeakCheck.Find(
            () =>
            {
                if (++calls == 20)
                {
                    never.Wait();
                }
            },
            Alone with { OperationTimeout = TimeSpan.FromMilliseconds(500) });

        Assert.Equal(Verdict.Hang, result.Verdict);
        Assert.Contains("had not ended after 0.5 s, which OperationTimeout allows, and ", result.Findings[0].Confidence, StringComparison.Ordinal);
        never.Set();
    }

    [Fact]
    public async Task FindAsync_OperationThatDoesNotReturn_IsAHang()
    {
        TaskCompletionSource never = new();

        CheckResult result = await LeakCheck.FindAsync(() => never.Task, Alone with { OperationTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(Verdict.Hang, result.Verdict);
        never.SetResult();
    }

    [Fact]
    public async Task FindAsync_ObjectKeptByEachOperation_IsALeak()
    {
        List<object> kept = new(100_000);

        CheckResult result = await LeakCheck.FindAsync(
            async () =>
            {
                await Task.Yield();
                kept.Add(new byte[20_000]);
            },
            Alone);

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
    }

    [Fact]
    public async Task FindAsync_OperationWithoutARest_IsClean()
    {
        CheckResult result = await QuietlyAsync(() => LeakCheck.FindAsync(async () => await Task.Yield(), Alone));

        Assert.True(result.Verdict == Verdict.Clean, CheckReport.Write(result));
    }

    [Fact]
    public async Task FindAsync_OperationThatReturnsNoTask_WasNotRun()
    {
        CheckResult result = await LeakCheck.FindAsync(() => null!, Alone);

        Assert.Equal(Verdict.NotRun, result.Verdict);
        Assert.Contains("returned null instead of a task", CheckReport.Write(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_Leak_ThrowsTheReport()
    {
        List<object> kept = new(100_000);

        LeakException exception = Assert.Throws<LeakException>(() => LeakCheck.Verify(() => kept.Add(new byte[20_000]), Alone));

        Assert.Equal(Verdict.Leak, exception.Result!.Verdict);
        Assert.Equal(CheckReport.Write(exception.Result), exception.Message);
    }

    [Fact]
    public void Find_InANoGcRegion_WasNotRunAndDoesNotEndIt()
    {
        CheckResult operation, made, tracked;
        using LeakDetector<object> detector = new();
        detector.Start();
        detector.Track(new object());
        Assert.True(GC.TryStartNoGCRegion(64 << 20));
        try
        {
            operation = LeakCheck.Find(() => { }, Alone);
            made = LeakCheck.FindCollected(() => new object());
            tracked = detector.Find(new CollectionOptions { Trace = false });
        }
        finally
        {
            GC.EndNoGCRegion(); // throws if a collection had ended it
        }

        Assert.Equal((Verdict.NotRun, Verdict.NotRun), (operation.Verdict, made.Verdict));
        Assert.Equal("A no-GC region is in progress (GC.TryStartNoGCRegion), and a check collects. End the region before the check.", operation.Reason);
        Assert.Equal(operation.Reason, made.Reason);
        Assert.Equal((Verdict.NotRun, operation.Reason), (tracked.Verdict, tracked.Reason));
    }

    [Fact]
    public void Find_SubjectThatBeginsANoGcRegion_WasNotRunAndDoesNotEndIt()
    {
        CheckResult operation, made;
        operation = InARegion(() => LeakCheck.Find(BeginRegion, Alone));
        made = InARegion(() => LeakCheck.FindCollected(() =>
        {
            BeginRegion();
            return new object();
        }));

        Assert.Equal((Verdict.NotRun, Verdict.NotRun), (operation.Verdict, made.Verdict));
        Assert.Equal("The subject began a no-GC region (GC.TryStartNoGCRegion) and did not end it, and a check collects. End the region in the subject.", operation.Reason);
        Assert.Equal(operation.Reason, made.Reason);

        static void BeginRegion()
        {
            if (System.Runtime.GCSettings.LatencyMode != System.Runtime.GCLatencyMode.NoGCRegion)
            {
                GC.TryStartNoGCRegion(64 << 20);
            }
        }

        static CheckResult InARegion(Func<CheckResult> check)
        {
            CheckResult result = check();
            GC.EndNoGCRegion(); // throws if a collection had ended it
            return result;
        }
    }

    [Fact]
    public void Find_BlockedFinalizer_IsAHang()
    {
        using ManualResetEventSlim entered = new();
        using ManualResetEventSlim release = new();
        using LeakDetector<object> detector = new();
        detector.Start();
        detector.Track(new object());
        MakeBlocked(entered, release);
        GC.Collect();
        Assert.True(entered.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));

        CheckResult operation, tracked;
        try
        {
            operation = LeakCheck.Find(() => { }, Alone with { FinalizerTimeout = TimeSpan.FromMilliseconds(300) });
            tracked = detector.Find(new CollectionOptions { Trace = false, FinalizerTimeout = TimeSpan.FromMilliseconds(300) });
        }
        finally
        {
            release.Set();
        }

        Assert.Equal((Verdict.Hang, Verdict.Hang), (operation.Verdict, tracked.Verdict));
        Assert.Equal("It has not emptied its queue within 0.3 s, which FinalizerTimeout allows: a finalizer blocks it.", operation.Findings[0].Confidence);
        Assert.Equal(operation.Findings[0].Confidence, tracked.Reason);
    }

    [Fact]
    public void Verify_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => LeakCheck.Find((Action)null!));
        Assert.Throws<ArgumentNullException>(() => LeakCheck.FindCollected<object>((Func<object>)null!));
        Assert.Throws<ArgumentNullException>(() => { _ = LeakCheck.FindAsync(null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = LeakCheck.FindCollectedAsync<object>(null!); });
        Assert.Throws<ArgumentNullException>(() => LeakCheck.Verify((Action)null!));
        Assert.Throws<ArgumentNullException>(() => LeakCheck.VerifyCollected<object>((Func<object>)null!));
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakCheckOptions { Operations = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakCheckOptions { Rounds = 3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakCheckOptions { Warmup = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakCheckOptions { Budget = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakCheckOptions { OperationTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakCheckOptions { FinalizerTimeout = TimeSpan.Zero });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeBlocked(ManualResetEventSlim entered, ManualResetEventSlim release) => _ = new Blocked(entered, release);

    private sealed class Blocked(ManualResetEventSlim entered, ManualResetEventSlim release)
    {
        ~Blocked()
        {
            entered.Set();
            release.Wait(TimeSpan.FromMinutes(5));
        }
    }

    /// <summary>Without the tool bytes must stand still to be a pass, and a runner that reports results moves some: then nothing is decided, and it is asked again. It is never a leak.</summary>
    private static CheckResult Quietly(Func<CheckResult> check) => QuietlyAsync(() => Task.FromResult(check())).GetAwaiter().GetResult();

    private static async Task<CheckResult> QuietlyAsync(Func<Task<CheckResult>> check)
    {
        CheckResult result = await check();
        for (int more = 0; more < 5 && result.Verdict == Verdict.Inconclusive; more++)
        {
            result = await check();
        }

        return result;
    }

    private static void Fail(bool really)
    {
        if (really)
        {
            throw new InvalidOperationException("it failed");
        }
    }
}
