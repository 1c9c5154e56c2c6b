using Limpet.Measuring;
using Limpet.Results;

namespace Limpet.Tests.Measuring;

public sealed class MemoryGrowthTests
{
    /// <summary>What an operation leaves or makes: much beside what the runner of the tests moves in the same process.</summary>
    private const int Signal = 500_000;

    private static readonly List<object> Kept = new(100_000);

    [Fact]
    public void Measure_Defaults_AreThoseOfTheSourceDocuments()
    {
        int calls = 0;
        MemoryGrowth growth = MemoryGrowth.Measure(() => calls++);

        Assert.Equal(100, calls);
        Assert.Equal((100, 10), (growth.Iterations, growth.CleanupInterval));
        Assert.Equal([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], growth.Series.Select(reading => reading.Operations));
    }

    [Fact]
    public void Measure_Deconstructed_IsMegabytesAndThreads()
    {
        (double megabytes, int threads) = MemoryGrowth.Measure(() => Kept.Add(new byte[Signal]), iterations: 100, cleanupInterval: 10);
        Kept.Clear();

        Assert.InRange(megabytes, 40, 56);
        Assert.InRange(threads, -3, 3);
    }

    [Fact]
    public void Measure_ALeak_HasTheSlopeOfOneOperation()
    {
        MemoryGrowth growth = MemoryGrowth.Measure(() => Kept.Add(new byte[Signal - 24]));
        Kept.Clear();

        Assert.True(growth.Grows);
        Assert.InRange(growth.Slope.Slope, 475_000, 525_000);
        Assert.True(growth.Slope.Low <= growth.Slope.Slope && growth.Slope.Slope <= growth.Slope.High);
        Assert.InRange(growth.LastStretch.Retained.Bytes, 3_000_000, 7_000_000);
        Assert.InRange(growth.LastStretch.FreedPercent!.Value, -40, 40);
    }

    [Fact]
    public void Measure_Garbage_IsApparentAndFreedByTheRuntimeItself()
    {
        // Held to the end of the operation, so that no collection frees it before it is read.
        MemoryGrowth growth = MemoryGrowth.Measure(() =>
        {
            List<byte[]> held = new(5_000);
            for (int i = 0; i < 5_000; i++)
            {
                held.Add(new byte[1_000]);
            }

            GC.KeepAlive(held);
        });

        Assert.InRange(growth.Slope.Slope, -250_000, 250_000);
        Assert.InRange(growth.Megabytes, -4, 4);
        Assert.InRange(growth.Allocated.Bytes, 500_000_000, 600_000_000);
        Assert.InRange(growth.LastStretch.Apparent.Bytes, 4_000_000, 60_000_000);
        Assert.InRange(growth.LastStretch.FreedPercent!.Value, 60, 140);
        Assert.True(growth.ForcedPause > TimeSpan.Zero);
    }

    [Fact]
    public void Measure_ACacheThatFillsFirst_GrowsOnlyInTheWarmUp()
    {
        int calls = 0;
        MemoryGrowth growth = MemoryGrowth.Measure(() =>
        {
            if (++calls <= 5)
            {
                Kept.Add(new byte[10 << 20]);
            }
        });
        Kept.Clear();

        Assert.InRange(growth.Megabytes, 40, 60);
        Assert.InRange(growth.Slope.Slope, -50_000, 50_000);
    }

    [Fact]
    public void Measure_WhatShrinks_IsNegative()
    {
        for (int i = 0; i < 100; i++)
        {
            Kept.Add(new byte[Signal]);
        }

        MemoryGrowth growth = MemoryGrowth.Measure(() => Kept.RemoveAt(Kept.Count - 1));

        Assert.InRange(growth.Megabytes, -56, -40.0);
        Assert.True(growth.Slope.High < 0);
        Assert.InRange(growth.RetainedPerOperation, -590_000, -410_000);
    }

    [Fact]
    public void Stretch_WithoutApparentGrowth_HasNoPercentage()
    {
        GrowthStretch none = new() { Operations = 10, Allocated = default, Apparent = default, AfterNaturalCollection = new ByteSize(0), Retained = default };

        Assert.Null(none.FreedNaturallyPercent);
        Assert.Null(none.FreedPercent);
        Assert.Null((none with { Apparent = new ByteSize(-5000) }).FreedPercent);
        Assert.Null((none with { Apparent = new ByteSize(5000), AfterNaturalCollection = null }).FreedNaturallyPercent);
    }

    [Fact]
    public void Stretch_Percentages_AreOfTheApparentGrowth()
    {
        GrowthStretch stretch = new()
        {
            Operations = 10, Allocated = new ByteSize(9999), Apparent = new ByteSize(8000), AfterNaturalCollection = new ByteSize(2000), Retained = new ByteSize(-800),
        };

        Assert.Equal(75.0, stretch.FreedNaturallyPercent);
        Assert.Equal(110.0, stretch.FreedPercent);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(5, 2)]
    [InlineData(7, 100)]
    public void Measure_FewOperations_ReadsAtTheEndToo(int iterations, int interval)
    {
        MemoryGrowth growth = MemoryGrowth.Measure(() => { }, iterations, interval);

        Assert.Equal(iterations, growth.Series[^1].Operations);
        Assert.Equal(iterations % interval == 0 ? interval : iterations % interval, growth.LastStretch.Operations);
        Assert.False(growth.Slope.Low > 4_000); // too few readings have no interval
    }

    [Fact]
    public void Measure_OperationThatThrows_PassesItOnAndEndsTheMeasurement()
    {
        InvalidDataException thrown = new("the operation's own");
        int calls = 0;

        Assert.Same(thrown, Record.Exception(() => MemoryGrowth.Measure(() =>
        {
            if (++calls == 3)
            {
                throw thrown;
            }
        })));
        Assert.Equal(3, calls);
        Assert.Empty(MemoryGrowth.Measure(() => { }).Warnings); // the one that threw is over
    }

    [Fact]
    public void Measure_WithWrongNumbers_IsRefused()
    {
        Assert.Equal("iterations", Assert.Throws<ArgumentOutOfRangeException>(() => MemoryGrowth.Measure(() => { }, iterations: 0)).ParamName);
        Assert.Equal("cleanupInterval", Assert.Throws<ArgumentOutOfRangeException>(() => MemoryGrowth.Measure(() => { }, cleanupInterval: 0)).ParamName);
        Assert.Throws<ArgumentNullException>(() => MemoryGrowth.Measure(null!));
    }

    [Fact]
    public async Task MeasureAsync_ALeak_HasTheSlopeOfOneOperation()
    {
        MemoryGrowth growth = await MemoryGrowth.MeasureAsync(async () =>
        {
            await Task.Yield();
            Kept.Add(new byte[Signal - 24]);
        }, cancellationToken: TestContext.Current.CancellationToken);
        Kept.Clear();

        Assert.InRange(growth.Slope.Slope, 475_000, 525_000);
        Assert.True(growth.Grows);
    }

    [Fact]
    public async Task MeasureAsync_AwaitedOperations_LeaveNothing()
    {
        MemoryGrowth growth = await MemoryGrowth.MeasureAsync(async () =>
        {
            byte[] local = new byte[Signal];
            await Task.Yield();
            GC.KeepAlive(local);
        }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(growth.Megabytes, -4, 4);
        Assert.InRange(growth.Allocated.Bytes, 100L * Signal, long.MaxValue);
    }

    [Fact]
    public async Task MeasureAsync_Cancelled_EndsBetweenOperations()
    {
        using CancellationTokenSource cancel = new();
        int calls = 0;

        await Assert.ThrowsAsync<OperationCanceledException>(() => MemoryGrowth.MeasureAsync(
            () =>
            {
                if (++calls == 4)
                {
                    cancel.Cancel();
                }

                return Task.CompletedTask;
            },
            cancellationToken: cancel.Token));
        Assert.Equal(4, calls);
    }

    [Fact]
    public void Measure_OtherThreadsThatAllocate_AreSaid()
    {
        using CancellationTokenSource stop = new();
        using ManualResetEventSlim begun = new();
        long rounds = 0;
        object? sink = null;
        Thread other = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Volatile.Write(ref sink, new byte[10_000]);
                Interlocked.Increment(ref rounds);
                begun.Set();
            }
        });
        other.Start();
        begun.Wait(TestContext.Current.CancellationToken);

        MemoryGrowth growth = MemoryGrowth.Measure(
            () =>
            {
                // Each operation lasts until the other thread has allocated 200 KB.
                long until = Interlocked.Read(ref rounds) + 20;
                SpinWait.SpinUntil(() => Interlocked.Read(ref rounds) >= until);
            },
            iterations: 20);
        stop.Cancel();
        other.Join();

        Assert.Contains(growth.Warnings, warning => warning.StartsWith("other threads allocated ", StringComparison.Ordinal));
    }
}
