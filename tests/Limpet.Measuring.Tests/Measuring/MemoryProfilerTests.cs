using System.Runtime.CompilerServices;
using Limpet.Measuring;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Tests.Measuring;

public sealed class MemoryProfilerTests
{
    /// <summary>Megabytes that the runner of the tests, which works in the same process, may take or give back in the middle of a test.</summary>
    private const double Noise = 2;

    private static readonly List<object> Kept = [];

    [Fact]
    public void Profiler_NothingDone_GrowsByNothing()
    {
        Profile(() => { });
        MemoryProfiler profiler = Profile(() => { });

        // The runner of the tests may do something meanwhile.
        Assert.InRange(profiler.MemoryGrowthMb, -Noise, Noise);
        Assert.InRange(profiler.ThreadGrowth, -3, 3);
        profiler.AssertNoMemoryLeak(Noise);
        profiler.AssertNoThreadLeak(3);
    }

    [Fact]
    public void Profiler_KeptMemory_IsGrowthAndDroppedIsOnlyApparent()
    {
        MemoryProfiler kept = Profile(() => Keep(20));
        Kept.Clear();
        MemoryProfiler dropped = Profile(() => Volatile.Write(ref escaped, new byte[20 << 20]), after: () => escaped = null);

        Assert.InRange(kept.MemoryGrowthMb, 20 - Noise, 20 + Noise);
        Assert.InRange(dropped.MemoryGrowthMb, -Noise, Noise);
        Assert.InRange(dropped.Final.Peak.Bytes, 20 << 20, long.MaxValue);
        GrowthException leak = Assert.Throws<GrowthException>(() => kept.AssertNoMemoryLeak());
        Assert.StartsWith("\"profiled\": managed memory grew by +", leak.Message, StringComparison.Ordinal);
        Assert.Contains("the limit is 10.00 MB.", leak.Message, StringComparison.Ordinal);
        dropped.AssertNoMemoryLeak();
    }

    [Fact]
    public void Profiler_MemoryThatShrinks_IsNegative()
    {
        Keep(20);
        MemoryProfiler profiler = Profile(Kept.Clear);

        Assert.InRange(profiler.MemoryGrowthMb, -20 - Noise, -20 + Noise);
        profiler.AssertNoMemoryLeak(0);
    }

    [Fact]
    public void AssertNoMemoryLeak_GrowthOfTheLimitItself_Throws()
    {
        MemoryProfiler profiler = Profile(() => Keep(1));
        Kept.Clear();

        Assert.Throws<GrowthException>(() => profiler.AssertNoMemoryLeak(profiler.MemoryGrowthMb));
        profiler.AssertNoMemoryLeak(profiler.MemoryGrowthMb + 0.001);
        Assert.Throws<GrowthException>(() => profiler.AssertNoMemoryLeak(double.NaN));
    }

    [Fact]
    public void Profiler_ThreadsThatStay_AreGrowthAndNamed()
    {
        using ManualResetEventSlim mayEnd = new();
        Thread[] threads = [];
        MemoryProfiler profiler = Profile(() =>
        {
            threads = [.. Enumerable.Range(1, 12).Select(i => new Thread(mayEnd.Wait, maxStackSize: 128 * 1024) { Name = $"poller {i}" })];
            Array.ForEach(threads, thread => thread.Start());
        });
        mayEnd.Set();
        Array.ForEach(threads, thread => thread.Join());

        Assert.InRange(profiler.ThreadGrowth, 9, 15);
        GrowthException leak = Assert.Throws<GrowthException>(() => profiler.AssertNoThreadLeak());
        Assert.Contains("threads more than before; the limit is 5.", leak.Message, StringComparison.Ordinal);
        Assert.Contains("12 × thread \"poller *\"", leak.Message, StringComparison.Ordinal);
        profiler.AssertNoThreadLeak(profiler.ThreadGrowth);
        Assert.Equal(12, profiler.Resources.New.Single(change => change.Name == "poller *").Growth);
    }

    [Fact]
    public void Profiler_ThreadsOfThePool_AreNoGrowth()
    {
        using ManualResetEventSlim mayEnd = new();
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(workers + 10, ports);
        try
        {
            using CountdownEvent begun = new(8);
            MemoryProfiler profiler = Profile(() =>
            {
                for (int i = 0; i < 8; i++)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(
                        _ =>
                        {
                            begun.Signal();
                            mayEnd.Wait();
                        },
                        null);
                }

                begun.Wait();
            });

            Assert.InRange(profiler.ThreadGrowth, -3, 3);
            Assert.True(profiler.Final.Counts.PoolThreads >= 8);
        }
        finally
        {
            mayEnd.Set();
            ThreadPool.SetMinThreads(workers, ports);
        }
    }

    [Fact]
    public void Profiler_BeforeStop_RefusesFigures()
    {
        using MemoryProfiler profiler = MemoryProfiler.Start("orders");

        Assert.False(profiler.Stopped);
        Assert.Equal(
            "The profiler \"orders\" was not stopped. Call Stop() before reading what it measured.",
            Assert.Throws<InvalidOperationException>(() => profiler.MemoryGrowthMb).Message);
        Assert.Throws<InvalidOperationException>(() => profiler.ThreadGrowth);
        Assert.Throws<InvalidOperationException>(() => profiler.AssertNoMemoryLeak());
        Assert.Throws<InvalidOperationException>(() => profiler.AssertNoThreadLeak());
        Assert.True(profiler.Baseline.Current.Bytes > 0);
    }

    [Fact]
    public void Stop_Again_KeepsTheFirstFigures()
    {
        MemoryProfiler profiler = Profile(() => { });
        MemorySnapshot final = profiler.Final;
        Keep(1);
        profiler.Stop();
        profiler.Dispose();
        Kept.Clear();

        Assert.Same(final, profiler.Final);
    }

    [Fact]
    public void Profiler_BodyThatThrows_IsStoppedAndTheExceptionPasses()
    {
        MemoryProfiler? seen = null;
        InvalidDataException thrown = new("the body's own");

        void Body()
        {
            using MemoryProfiler profiler = MemoryProfiler.Start("throws");
            seen = profiler;
            throw thrown;
        }

        Exception? caught = Record.Exception(Body);

        Assert.Same(thrown, caught);
        Assert.True(seen!.Stopped);
        seen.AssertNoMemoryLeak();
    }

    [Fact]
    public void Profiler_Nested_EachMeasuresItsStretchWithoutWarning()
    {
        using MemoryProfiler outer = MemoryProfiler.Start("outer");
        Keep(4);
        using MemoryProfiler inner = MemoryProfiler.Start("inner");
        Keep(8);
        inner.Stop();
        outer.Stop();
        Kept.Clear();

        Assert.InRange(inner.MemoryGrowthMb, 8 - Noise, 8 + Noise);
        Assert.InRange(outer.MemoryGrowthMb, 12 - Noise, 12 + Noise);
        Assert.Empty(inner.Warnings);
        Assert.Empty(outer.Warnings);
    }

    [Fact]
    public async Task Profiler_AtTheSameTimeAsOthers_SaysSo()
    {
        using Barrier together = new(2);
        MemoryProfiler[] profilers = await Task.WhenAll(Enumerable.Range(1, 2).Select(i => Task.Factory.StartNew(
            () =>
            {
                MemoryProfiler profiler = MemoryProfiler.Start($"suite {i}");
                together.SignalAndWait(TestContext.Current.CancellationToken);
                profiler.Stop();
                return profiler;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Equal(
            ["other measurements ran meanwhile (suite 2): the figures are of the whole process and cannot be attributed to one of them"],
            profilers[0].Warnings);
        Assert.Contains("(suite 1)", profilers[1].Warnings.Single(), StringComparison.Ordinal);
        Assert.Contains("note: other measurements ran", Assert.Throws<GrowthException>(() => profilers[0].AssertNoMemoryLeak(-1000)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profiler_StoppedByAnotherThread_Measures()
    {
        MemoryProfiler profiler = MemoryProfiler.Start("elsewhere");
        Keep(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(profiler.Stop, TestContext.Current.CancellationToken)));
        Kept.Clear();

        Assert.InRange(profiler.MemoryGrowthMb, 4 - Noise, 4 + Noise);
    }

    [Fact]
    public void Profiler_BlockedFinalizer_IsSaid()
    {
        using ManualResetEventSlim mayGoOn = new();
        MemoryProfiler profiler;
        using (profiler = MemoryProfiler.Start("blocked", new MemoryProfilerOptions { FinalizerDeadline = TimeSpan.FromMilliseconds(200) }))
        {
            BlockFinalizers(mayGoOn);
        }

        mayGoOn.Set();
        Assert.Contains("finalizers did not finish by their deadline: one is blocked or slow, and what waits for it was counted as reachable", profiler.Warnings);
        Assert.False(profiler.Final.FinalizersFinished);
    }

    [Fact]
    public void Profiler_NoGcRegionAtItsEnd_SaysSoOnlyToWhoAsks()
    {
        MemoryProfiler profiler;
        using (profiler = MemoryProfiler.Start("no GC"))
        {
            Assert.True(GC.TryStartNoGCRegion(64 << 20));
        }

        GC.EndNoGCRegion();
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => profiler.MemoryGrowthMb);
        Assert.StartsWith("The profiler \"no GC\" could not be read at its end: A no-GC region is in progress", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Profiler_ThatReturnsFreeMemory_TellsFreeFromHeld()
    {
        MemoryProfilerOptions options = new() { ReturnFreeMemory = true };
        using MemoryProfiler profiler = MemoryProfiler.Start("churn", options);
        for (int i = 0; i < 64; i++)
        {
            byte[] piece = new byte[1 << 20];
            Array.Fill(piece, (byte)1);
            Volatile.Write(ref escaped, piece);
        }

        escaped = null;
        profiler.Stop();

        Assert.True(profiler.Returned!.FinalizersFinished);
        Assert.InRange(profiler.ResidentGrowth!.Value.Bytes, -(32 << 20), 24 << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Start_WithoutAName_IsRefused(string name) => Assert.Throws<ArgumentException>(() => MemoryProfiler.Start(name));

    [Fact]
    public void Start_DeadlineOfZero_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryProfiler.Start("x", new MemoryProfilerOptions { FinalizerDeadline = TimeSpan.Zero }));

    [Fact]
    public void Snapshot_ToString_IsThatOfTheSourceDocuments()
    {
        MemorySnapshot snapshot = MemorySnapshot.TakeSettled() with { Current = new ByteSize(3 << 19), Peak = new ByteSize(2 << 20), Counts = new ResourceCounts { Threads = 12 } };

        Assert.Equal("MemorySnapshot(current=1.50MB, peak=2.00MB, threads=12)", snapshot.ToString());
    }

    private static byte[]? escaped;

    private static MemoryProfiler Profile(Action body, Action? after = null)
    {
        using MemoryProfiler profiler = MemoryProfiler.Start("profiled");
        body();
        after?.Invoke();
        profiler.Stop();
        return profiler;
    }

    /// <summary>A method of its own: a debug build keeps what a method has made to its end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(int megabytes) => Kept.Add(new byte[megabytes << 20]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BlockFinalizers(ManualResetEventSlim mayGoOn) => _ = new Blocking(mayGoOn);

    private sealed class Blocking(ManualResetEventSlim mayGoOn)
    {
        ~Blocking() => mayGoOn.Wait();
    }
}
