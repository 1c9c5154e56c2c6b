using Limpet.Checks;
using Limpet.Results;
using Limpet.EndToEnd.Tests.Hunts;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>What does not come back, with the stack of where it stands.</summary>
[Collection(HuntsAlone.Name)]
public sealed class HangStackTests
{
    [Fact]
    public void Find_OperationThatWaits_SaysWhere()
    {
        using ManualResetEventSlim never = new();

        CheckResult result = LeakCheck.Find(() => WaitForTheOther(never), new LeakCheckOptions { OperationTimeout = TimeSpan.FromMilliseconds(500) });

        never.Set();
        Assert.Equal(Verdict.Hang, result.Verdict);
        Assert.Contains(result.Findings[0].Stacks, stack => stack.Frames.Any(frame => frame.Contains("WaitForTheOther", StringComparison.Ordinal)));
        Assert.Contains("WaitForTheOther", CheckReport.Write(result), StringComparison.Ordinal);
    }

    [Fact]
    public void FindCollected_BlockedFinalizer_SaysWhereItStands()
    {
        using ManualResetEventSlim entered = new();
        using ManualResetEventSlim release = new();
        MakeBlocked(entered, release);
        GC.Collect();
        Assert.True(entered.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));

        CheckResult result = LeakCheck.FindCollected(() => new Finalized(), new CollectionOptions { FinalizerTimeout = TimeSpan.FromMilliseconds(500) });

        release.Set();
        Assert.True(result.Verdict == Verdict.Hang, CheckReport.Write(result));
        Assert.Equal("finalizer thread", result.Findings[0].Subject);
        Assert.Contains(result.Findings[0].Stacks, stack => stack.Frames.Any(frame => frame.Contains("Blocked.Finalize", StringComparison.Ordinal)));
    }

    private static void WaitForTheOther(ManualResetEventSlim other) => other.Wait();

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void MakeBlocked(ManualResetEventSlim entered, ManualResetEventSlim release) => _ = new Blocked(entered, release);

    private sealed class Blocked(ManualResetEventSlim entered, ManualResetEventSlim release)
    {
        ~Blocked()
        {
            entered.Set();
            release.Wait(TimeSpan.FromMinutes(5));
        }
    }

    private sealed class Finalized
    {
        ~Finalized() => GC.KeepAlive(this);
    }
}
