using Limpet.Checks;
using Limpet.Results;

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
        Assert.Contains("InvalidOperationException: it failed", CheckReport.Write(result), StringComparison.Ordinal);
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
        Assert.Contains("had not ended after 0.5 s", result.Findings[0].Confidence, StringComparison.Ordinal);
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
        CheckResult operation, made;
        Assert.True(GC.TryStartNoGCRegion(64 << 20));
        try
        {
            operation = LeakCheck.Find(() => { }, Alone);
            made = LeakCheck.FindCollected(() => new object());
        }
        finally
        {
            GC.EndNoGCRegion(); // throws if a collection had ended it
        }

        Assert.Equal((Verdict.NotRun, Verdict.NotRun), (operation.Verdict, made.Verdict));
        Assert.Equal("A no-GC region is in progress (GC.TryStartNoGCRegion), and a check collects. End the region before the check.", operation.Reason);
        Assert.Equal(operation.Reason, made.Reason);
    }

    [Fact]
    public void Verify_Null_IsRefused()
    {
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
