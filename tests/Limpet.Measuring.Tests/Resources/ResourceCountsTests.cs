using Limpet.Measuring;
using Limpet.Resources;

namespace Limpet.Tests.Resources;

/// <summary>The runtime and the runner of the tests start threads and open files when they like: so many are made here that a few more or less do not matter.</summary>
public sealed class ResourceCountsTests
{
    private const int Many = 40;
    private const int Few = 8;

    [Fact]
    public void TakeCounts_OpenFiles_AreCountedUntilClosed()
    {
        int before = ResourceSnapshot.TakeCounts().Descriptors!.Value;
        FileStream[] files = [.. Enumerable.Range(0, Many).Select(_ => File.OpenRead(typeof(ResourceCountsTests).Assembly.Location))];
        int with = ResourceSnapshot.TakeCounts().Descriptors!.Value;
        Array.ForEach(files, file => file.Dispose());
        int after = ResourceSnapshot.TakeCounts().Descriptors!.Value;

        Assert.InRange(with - before, Many - Few, Many + Few);
        Assert.InRange(after - before, -Few, Few);
    }

    [Fact]
    public void TakeCounts_Threads_AreCountedUntilTheyEnd()
    {
        FinalizerWait.ForPending(TimeSpan.FromMinutes(1));
        using ManualResetEventSlim mayEnd = new();
        int before = ResourceSnapshot.TakeCounts().OwnThreads!.Value;
        Thread[] threads = [.. Enumerable.Range(0, Many).Select(_ => new Thread(mayEnd.Wait, maxStackSize: 128 * 1024))];
        Array.ForEach(threads, thread => thread.Start());
        int with = ResourceSnapshot.TakeCounts().OwnThreads!.Value;
        mayEnd.Set();
        Array.ForEach(threads, thread => thread.Join());

        Assert.InRange(with - before, Many - Few, Many + Few);
    }

    [Fact]
    public void TakeCounts_Timers_AreCountedUntilDisposed()
    {
        long before = ResourceSnapshot.TakeCounts().ActiveTimers;
        Timer[] timers = [.. Enumerable.Range(0, Many).Select(_ => new Timer(_ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan))];
        long with = ResourceSnapshot.TakeCounts().ActiveTimers;
        Array.ForEach(timers, timer => timer.Dispose());
        long after = ResourceSnapshot.TakeCounts().ActiveTimers;

        Assert.InRange(with - before, Many - Few, Many + Few);
        Assert.InRange(after - before, -Few, Few);
    }

    [Fact]
    public void TakeCounts_ByManyThreads_KeepsNothingOpen()
    {
        int before = ResourceSnapshot.TakeCounts().Descriptors!.Value;
        int[] counts = new int[1000];
        Parallel.For(0, counts.Length, i => counts[i] = ResourceSnapshot.TakeCounts().Descriptors!.Value);

        Assert.All(counts, count => Assert.InRange(count - before, -Few, Few));
    }
}
