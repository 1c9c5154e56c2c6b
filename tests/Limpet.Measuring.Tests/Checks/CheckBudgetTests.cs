using Limpet.Checks;
using Limpet.Results;

namespace Limpet.Tests.Checks;

/// <summary>What a check does with its budget when it has to begin anew.</summary>
public sealed class CheckBudgetTests
{
    private static readonly LeakCheckOptions Alone = new() { Trace = false };
    private byte[]? held;
    private int calls;

    /// <summary>The first rounds take more than half of the budget: there is no time for as many again.</summary>
    [Fact]
    public void Find_NoisyOperationThatUsedHalfOfTheBudget_DoesNotBeginAnew()
    {
        CheckResult result = LeakCheck.Find(() => Swing(TimeSpan.FromMilliseconds(10)), Alone with { Budget = TimeSpan.FromSeconds(4) });

        Assert.True(result.Verdict == Verdict.Inconclusive, CheckReport.Write(result));
        Assert.Equal(calls, result.Operations.Done);
    }

    [Fact]
    public void Find_NoisyOperationWithTime_BeginsAnew()
    {
        CheckResult result = LeakCheck.Find(() => Swing(TimeSpan.Zero), Alone with { Budget = TimeSpan.FromMinutes(10) });

        Assert.True(result.Verdict == Verdict.Inconclusive, CheckReport.Write(result));
        Assert.True(calls >= 2 * result.Operations.Done, $"{calls} calls, {CheckReport.Write(result)}");
    }

    /// <summary>The bytes of the process go up and down, and do not grow.</summary>
    private void Swing(TimeSpan time)
    {
        held = ++calls % 2 == 0 ? null : new byte[100_000];
        Thread.CurrentThread.Join(time);
    }
}
