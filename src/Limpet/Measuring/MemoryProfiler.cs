using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Measuring;

/// <summary>
/// Measures what a stretch of a test leaves behind in this process: memory that is still reachable after a full collection, threads, descriptors, timers.
/// <code>
/// using MemoryProfiler profiler = MemoryProfiler.Start("orders");
/// PlaceOrders(1000);
/// profiler.Stop();
/// profiler.AssertNoMemoryLeak(maxGrowthMb: 10.0);
/// profiler.AssertNoThreadLeak(maxGrowth: 5);
/// </code>
/// Nothing is clamped: what shrinks is negative. Profilers may be nested, run at the same time and be stopped by another thread than they were started by; each measures
/// the whole process for its own stretch, and <see cref="Warnings"/> says which others ran meanwhile. Where the body throws, <see cref="Dispose"/> stops the profiler and
/// lets the exception pass.
/// </summary>
public sealed class MemoryProfiler : IDisposable
{
    private readonly object gate = new();
    private readonly MemoryProfilerOptions options;
    private readonly RunningMeasurement running;
    private readonly ResourceSnapshot resources;
    private readonly long collections;
    private ProfiledStretch? stretch;
    private Exception? failure;
    private MemorySnapshot? ballast;

    private MemoryProfiler(string name, MemoryProfilerOptions options)
    {
        Name = name;
        this.options = options;
        running = RunningMeasurement.Begin(name);
        try
        {
            // What a first reading compiles and allocates for good is Limpet's and not the body's.
            WarmUp();
            ResidentMemory? returned = options.ReturnFreeMemory ? ResidentMemory.Release(options.FinalizerDeadline) : null;
            BaselineReturned = returned;
            SettledCollection.Settle(options.FinalizerDeadline);
            resources = ResourceSnapshot.Take();

            // Takes the place of the reading that is made at the stop before the settled one, and so is no growth.
            ballast = MemorySnapshot.Take();
            collections = GC.GetGCMemoryInfo(GCKind.Any).Index;
            Baseline = MemorySnapshot.ReadSettled(options.FinalizerDeadline, since: long.MaxValue);
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    /// <summary>The name that messages and other measurements call it by.</summary>
    public string Name { get; }

    /// <summary>The settled reading at the start.</summary>
    public MemorySnapshot Baseline { get; }

    /// <summary>Whether it was stopped.</summary>
    public bool Stopped => Volatile.Read(ref stretch) is not null;

    /// <summary>The reading at the stop before anything was collected: with the garbage of the body.</summary>
    /// <exception cref="InvalidOperationException">It was not stopped.</exception>
    public MemorySnapshot Immediate => Measured().Immediate;

    /// <summary>The settled reading at the stop.</summary>
    /// <exception cref="InvalidOperationException">It was not stopped.</exception>
    public MemorySnapshot Final => Measured().Final;

    /// <summary>Managed memory that is reachable and was not at the start; negative when it shrank.</summary>
    /// <exception cref="InvalidOperationException">It was not stopped.</exception>
    public ByteSize MemoryGrowth => new(Final.Current.Bytes - Baseline.Current.Bytes);

    /// <summary><see cref="MemoryGrowth"/> in megabytes of 1,048,576 bytes.</summary>
    /// <exception cref="InvalidOperationException">It was not stopped.</exception>
    public double MemoryGrowthMb => Megabytes.Of(MemoryGrowth);

    /// <summary>Managed memory that there was more at the stop before anything was collected: what a look without a collection takes for a leak.</summary>
    /// <exception cref="InvalidOperationException">It was not stopped.</exception>
    public ByteSize ApparentGrowth => new(Immediate.Current.Bytes - Baseline.Current.Bytes);

    /// <summary>
    /// Threads that there are more, without those that the runtime starts and ends by itself: its pool, its collector, its compiler. Negative when there are fewer.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was not stopped.</exception>
    /// <exception cref="LimpetException">Threads cannot be counted on this system.</exception>
    public int ThreadGrowth => (int)(Resources.GrowthOf(ResourceKind.Thread) ?? throw new LimpetException(
        Trouble.Refused, $"The threads of \"{Name}\" cannot be counted: {string.Join("; ", Resources.Refusals.Select(refusal => $"{refusal.What}: {refusal.Reason}"))}."));

    /// <summary>Resident memory that there is more, free or not; in use only with <see cref="MemoryProfilerOptions.ReturnFreeMemory"/>. Null where the system does not tell.</summary>
    /// <exception cref="InvalidOperationException">It was not stopped.</exception>
    public ByteSize? ResidentGrowth => Measured().Returned is { } after && BaselineReturned is { } before
        ? after.Held.Bytes - before.Held.Bytes is var growth ? new ByteSize(growth) : null
        : Final.Resident is ByteSize now && Baseline.Resident is ByteSize then ? new ByteSize(now.Bytes - then.Bytes) : null;

    /// <summary>Resident memory at the stop and how much of it was free; null without <see cref="MemoryProfilerOptions.ReturnFreeMemory"/>.</summary>
    /// <exception cref="InvalidOperationException">It was not stopped.</exception>
    public ResidentMemory? Returned => Measured().Returned;

    /// <summary>What came and went by name: descriptors, threads, timers, load contexts, child processes and the like.</summary>
    /// <exception cref="InvalidOperationException">It was not stopped.</exception>
    public ResourceDifference Resources => Measured().Resources;

    /// <summary>What makes the figures less than certain: other measurements at the same time, finalizers that did not finish.</summary>
    /// <exception cref="InvalidOperationException">It was not stopped.</exception>
    public ImmutableArray<string> Warnings => Measured().Warnings;

    private ResidentMemory? BaselineReturned { get; }

    /// <summary>Settles, reads the baseline and begins to measure. Two full collections and some ms.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="options">How to measure; the defaults unless given.</param>
    /// <exception cref="LimpetException">A no-GC region is in progress, which a collection would end.</exception>
    public static MemoryProfiler Start(string name, MemoryProfilerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        options ??= new MemoryProfilerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.FinalizerDeadline, TimeSpan.Zero, nameof(options));
        return new MemoryProfiler(name, options);
    }

    /// <summary>Reads, settles and reads again. A second call does nothing: the figures are those of the first.</summary>
    /// <exception cref="LimpetException">A no-GC region is in progress, which a collection would end.</exception>
    public void Stop()
    {
        lock (gate)
        {
            if (stretch is null)
            {
                Volatile.Write(ref stretch, Read());
                running.Dispose();
            }
        }
    }

    /// <summary>Stops unless that was done. Never throws: what prevented a reading is thrown by whoever asks for a figure.</summary>
    public void Dispose()
    {
        try
        {
            Stop();
        }
        catch (LimpetException prevented)
        {
            failure = prevented;
            running.Dispose();
        }
    }

    /// <summary>Throws when reachable managed memory grew by <paramref name="maxGrowthMb"/> or more.</summary>
    /// <param name="maxGrowthMb">Megabytes of 1,048,576 bytes; growth must be less.</param>
    /// <exception cref="GrowthException">It grew by that or more; the message has the figures and what else is new.</exception>
    /// <exception cref="InvalidOperationException">The profiler was not stopped.</exception>
    public void AssertNoMemoryLeak(double maxGrowthMb = 10.0)
    {
        if (!(MemoryGrowthMb < maxGrowthMb))
        {
            throw new GrowthException(ProfilerMessages.Memory(this, maxGrowthMb));
        }
    }

    /// <summary>Throws when there are more than <paramref name="maxGrowth"/> threads more than before.</summary>
    /// <param name="maxGrowth">How many more there may be.</param>
    /// <exception cref="GrowthException">There are more; the message names them.</exception>
    /// <exception cref="InvalidOperationException">The profiler was not stopped.</exception>
    public void AssertNoThreadLeak(int maxGrowth = 5)
    {
        if (ThreadGrowth > maxGrowth)
        {
            throw new GrowthException(ProfilerMessages.Threads(this, maxGrowth));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WarmUp()
    {
        ResourceSnapshot once = ResourceSnapshot.Take();
        _ = once.Since(once);
        _ = MemorySnapshot.Take();
    }

    private ProfiledStretch Read()
    {
        MemorySnapshot immediate = MemorySnapshot.Read(collections);
        ballast = null;
        ResidentMemory? returned = options.ReturnFreeMemory ? ResidentMemory.Release(options.FinalizerDeadline) : null;
        // Memory before names, and at the start the other way round: the names that a reading makes are on the heap, too.
        MemorySnapshot settled = MemorySnapshot.ReadSettled(options.FinalizerDeadline, collections);
        settled = settled with { Peak = settled.Peak > immediate.Peak ? settled.Peak : immediate.Peak };
        ResourceDifference difference = ThreadSettling.Since(resources, ThreadSettling.Patience);
        return new ProfiledStretch(immediate, settled, returned, difference, ProfilerMessages.Warnings(Baseline, settled, difference));
    }

    private ProfiledStretch Measured() => Volatile.Read(ref stretch) ?? throw new InvalidOperationException(
        failure is null
            ? $"The profiler \"{Name}\" was not stopped. Call Stop() before reading what it measured."
            : $"The profiler \"{Name}\" could not be read at its end: {failure.Message}",
        failure);
}
