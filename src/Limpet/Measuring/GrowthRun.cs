using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Measuring;

/// <summary>A measurement of growth while it runs: what was read, and what belongs to the operations and what to the readings between them.</summary>
internal sealed class GrowthRun : IDisposable
{
    /// <summary>From this share of the allocations on other threads make a measurement uncertain.</summary>
    private const double ManyByOthers = 0.2;

    private readonly int iterations;
    private readonly int interval;
    private readonly bool onOneThread;
    private readonly RunningMeasurement running = RunningMeasurement.Begin("MemoryGrowth.Measure");
    private readonly List<Reading> series;
    private readonly ResourceSnapshot resources;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private Mark begun;
    private GrowthStretch? last;
    private long allocated;
    private long allocatedHere;
    private int collections;
    private TimeSpan pause;
    private TimeSpan forcedPause;
    private bool changedThread;

    public GrowthRun(int iterations, int interval, bool onOneThread)
    {
        try
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1, "cleanupInterval");
            this.iterations = iterations;
            this.interval = interval;
            this.onOneThread = onOneThread;
            series = new List<Reading>((iterations / interval) + 2);
            resources = ResourceSnapshot.Take();
            _ = ReadSettled(0);
            series.Add(ReadSettled(0));
            begun = Mark.Now();
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is a reading behind an operation.</summary>
    public bool IsDue(int operations) => operations % interval == 0 || operations == iterations;

    /// <summary>An operation has ended.</summary>
    public void Ran(int operations)
    {
        if (!IsDue(operations))
        {
            return;
        }

        // Before anything else is allocated: what is on the heap now, the operations put there.
        Mark ended = Mark.Now();
        changedThread |= Environment.CurrentManagedThreadId != thread;
        long made = ended.Allocated - begun.Allocated;
        allocated += made;
        allocatedHere += ended.AllocatedHere - begun.AllocatedHere;
        collections += ended.Collections - begun.Collections;
        pause += ended.Pause - begun.Pause;

        long baseline = series[^1].Managed;
        long? natural = operations == iterations ? AfterNaturalCollection() : null;
        Reading reading = ReadSettled(operations);
        if (operations == iterations)
        {
            last = new GrowthStretch
            {
                Operations = operations - series[^1].Operations,
                Allocated = new ByteSize(made),
                Apparent = new ByteSize(ended.Collections == begun.Collections ? made : ended.Managed - baseline),
                AfterNaturalCollection = natural is long bytes ? new ByteSize(bytes - baseline) : null,
                Retained = new ByteSize(reading.Managed - baseline),
            };
        }

        series.Add(reading);
        begun = Mark.Now();
        forcedPause += begun.Pause - ended.Pause;
    }

    public MemoryGrowth Result()
    {
        ResourceDifference difference = ThreadSettling.Since(resources, ThreadSettling.Patience);
        MemoryGrowth growth = new()
        {
            Iterations = iterations,
            CleanupInterval = interval,
            Series = [.. series.Select(reading => reading.Told())],
            Slope = default,
            LastStretch = last!,
            Allocated = new ByteSize(allocated),
            NaturalCollections = collections,
            NaturalPause = pause,
            ForcedPause = forcedPause,
            Resources = difference,
            Warnings = Warnings(difference),
        };
        double[] x = [.. series.Skip(growth.WarmUp).Select(reading => (double)reading.Operations)];
        double[] y = [.. series.Skip(growth.WarmUp).Select(reading => (double)reading.Managed)];
        return growth with { Slope = TheilSen.Fit(x, y) };
    }

    public void Dispose() => running.Dispose();

    /// <summary>A method of its own, for what it holds must be gone when everything is collected.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long? AfterNaturalCollection() =>
        AllocationPressure.UntilCollection().Collected ? SettledCollection.Bytes(GC.GetGCMemoryInfo(GCKind.Any)) : null;

    private static Reading ReadSettled(int operations)
    {
        bool finished = SettledCollection.Settle(SettledCollection.DefaultDeadline);
        long managed = SettledCollection.ReachableBytes();
        ResourceCounts counts = ResourceSnapshot.TakeCounts();
        return new Reading(operations, managed, counts.OwnThreads, counts.Descriptors, finished);
    }

    private ImmutableArray<string> Warnings(ResourceDifference difference)
    {
        ImmutableArray<string>.Builder warnings = ImmutableArray.CreateBuilder<string>();
        if (series.Any(reading => !reading.FinalizersFinished))
        {
            warnings.Add("finalizers did not finish by their deadline: one is blocked or slow, and what waits for it was counted as reachable");
        }

        if (difference.Overlapping.Length > 0)
        {
            warnings.Add($"other measurements ran meanwhile ({ProfilerMessages.Names(difference.Overlapping)}): the figures are of the whole process and cannot be attributed to one of them");
        }

        double others = allocated > 0 ? 1 - ((double)allocatedHere / allocated) : 0;
        if (onOneThread && !changedThread && others >= ManyByOthers && allocated - allocatedHere > 1 << 20)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"other threads allocated {100 * others:0} % of the bytes meanwhile: unless the operation started them, growth cannot be attributed to it"));
        }

        return warnings.ToImmutable();
    }

    /// <summary>A reading in memory that was taken before the baseline: one object for each would be growth.</summary>
    private readonly record struct Reading(int Operations, long Managed, int? Threads, int? Descriptors, bool FinalizersFinished)
    {
        public GrowthReading Told() => new(Operations, new ByteSize(Managed), Threads, Descriptors, FinalizersFinished);
    }

    /// <summary>What the runtime counts, at one moment.</summary>
    private readonly record struct Mark(long Managed, long Allocated, long AllocatedHere, int Collections, TimeSpan Pause)
    {
        public static Mark Now() => new(
            GC.GetTotalMemory(forceFullCollection: false),
            GC.GetTotalAllocatedBytes(precise: true),
            GC.GetAllocatedBytesForCurrentThread(),
            GC.CollectionCount(0),
            GC.GetTotalPauseDuration());
    }
}
