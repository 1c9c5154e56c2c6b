using System.Runtime.CompilerServices;
using Limpet.Measuring;
using Limpet.Results;

namespace Limpet.Tests.Measuring;

public sealed class SettledCollectionTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public void Settle_ObjectsBehindFinalizers_AreGone()
    {
        WeakReference[] dropped = Drop(20);

        Assert.True(SettledCollection.Settle(Long));
        Assert.DoesNotContain(dropped, weak => weak.IsAlive);
    }

    [Fact]
    public void Settle_FinalizersThatMakeFinalizers_AreFollowed()
    {
        int ran = 0;
        Chain(3, () => ran++);

        Assert.True(SettledCollection.Settle(Long));
        Assert.Equal(4, ran);
    }

    [Fact]
    public void Settle_BlockedFinalizer_ReturnsFalseAndRecovers()
    {
        using ManualResetEventSlim mayGoOn = new();
        using ManualResetEventSlim entered = new();
        Block(entered, mayGoOn);
        try
        {
            bool whileBlocked = SettledCollection.Settle(TimeSpan.FromMilliseconds(50));
            Assert.True(entered.Wait(Long, TestContext.Current.CancellationToken));
            bool again = SettledCollection.Settle(TimeSpan.FromMilliseconds(50));

            Assert.False(whileBlocked);
            Assert.False(again);
        }
        finally
        {
            mayGoOn.Set();
        }

        Assert.True(SettledCollection.Settle(Long));
    }

    [Fact]
    public async Task Settle_ManyThreads_AllFinish()
    {
        Task<bool>[] settling = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () => SettledCollection.Settle(Long), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

        Assert.All(await Task.WhenAll(settling), Assert.True);
    }

    [Fact]
    public void Settle_NoGcRegion_IsRefusedAndTheRegionStays()
    {
        Assert.True(GC.TryStartNoGCRegion(32 << 20));
        try
        {
            LimpetException refused = Assert.Throws<LimpetException>(() => SettledCollection.Settle(Long));
            Assert.Equal(Trouble.NotRun, refused.Trouble);
            Assert.Equal(
                "A no-GC region is in progress (GC.TryStartNoGCRegion), and a settled reading needs collections, which would end it. Take the reading after GC.EndNoGCRegion.",
                refused.Message);
        }
        finally
        {
            GC.EndNoGCRegion(); // throws if a collection had ended it
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Drop(int count) => [.. Enumerable.Range(0, count).Select(_ => Behind())];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Behind()
    {
        object held = new();
        _ = new Finalized(() => GC.KeepAlive(held));
        return new WeakReference(held);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Chain(int more, Action ran) => _ = new Finalized(() =>
    {
        ran();
        if (more > 0)
        {
            Chain(more - 1, ran);
        }
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Block(ManualResetEventSlim entered, ManualResetEventSlim mayGoOn) => _ = new Finalized(() =>
    {
        entered.Set();
        mayGoOn.Wait();
    });

    private sealed class Finalized(Action then)
    {
        ~Finalized() => then();
    }
}
