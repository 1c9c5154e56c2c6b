using Limpet.Measuring;
using Limpet.Tests.Retention;

namespace Limpet.Tests.Measuring;

public sealed class SettleTests
{
    private readonly HandClock clock = new();

    [Fact]
    public async Task UntilAsync_WhatBecomesTrue_EndsTheWait()
    {
        int asked = 0;

        Assert.True(await Settle.UntilAsync(() => ++asked == 4, TimeSpan.FromSeconds(10), clock, TestContext.Current.CancellationToken));
        Assert.Equal(4, asked);
        Assert.Equal([1, 2, 4], clock.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public async Task UntilAsync_WhatNeverBecomesTrue_EndsAtTheDeadlineWithALastLook()
    {
        Assert.False(await Settle.UntilAsync(() => false, TimeSpan.FromMilliseconds(200), clock, TestContext.Current.CancellationToken));
        Assert.Equal(200, clock.Waits.Sum(wait => wait.TotalMilliseconds));
        Assert.True(await Settle.UntilAsync(() => clock.Waits.Sum(wait => wait.TotalMilliseconds) >= 300, TimeSpan.FromMilliseconds(100), clock, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task UntilAsync_DeadlineOfZero_AsksOnce()
    {
        int asked = 0;

        Assert.False(await Settle.UntilAsync(() => ++asked < 0, TimeSpan.Zero, clock, TestContext.Current.CancellationToken));
        Assert.Equal(1, asked);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Settle.UntilAsync(() => true, TimeSpan.FromSeconds(-1), clock, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task UntilAsync_Cancelled_Ends()
    {
        using CancellationTokenSource cancel = new();
        clock.Meanwhile = _ => cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Settle.UntilAsync(() => false, TimeSpan.FromSeconds(10), clock, cancel.Token));
    }

    [Fact]
    public void Until_OnThisThread_Waits()
    {
        int asked = 0;

        Assert.True(Settle.Until(() => Interlocked.Increment(ref asked) == 3, TimeSpan.FromMinutes(1)));
    }
}
