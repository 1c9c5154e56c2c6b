using System.Collections.Immutable;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Measuring;

/// <summary>
/// How much memory an operation leaves behind when it is repeated.
/// <code>
/// (double megabytes, int threads) = MemoryGrowth.Measure(PlaceOrder, iterations: 100, cleanupInterval: 10);
/// </code>
/// A measurement, and no verdict: <see cref="Slope"/> says what an operation adds once the first ones have warmed everything up. All is of the whole process.
/// </summary>
public sealed record MemoryGrowth
{
    /// <summary>How many operations ran.</summary>
    public required int Iterations { get; init; }

    /// <summary>After how many operations everything was collected and read.</summary>
    public required int CleanupInterval { get; init; }

    /// <summary>The settled readings: the baseline, one after each interval, and one at the end.</summary>
    public required ImmutableArray<GrowthReading> Series { get; init; }

    /// <summary>How many readings from the first are warm-up and left out of <see cref="Slope"/>: one where there are four or more, else none.</summary>
    public int WarmUp => Series.Length >= 4 ? 1 : 0;

    /// <summary>Reachable managed memory at the end less that of the baseline, with what the first operations load for good.</summary>
    public ByteSize Growth => new(Series[^1].Managed.Bytes - Series[0].Managed.Bytes);

    /// <summary><see cref="Growth"/> in megabytes of 1,048,576 bytes. Negative when it shrank.</summary>
    public double Megabytes => Measuring.Megabytes.Of(Growth);

    /// <summary>Threads more than at the baseline, without those that the runtime starts and ends by itself. Negative when there are fewer.</summary>
    /// <exception cref="LimpetException">Threads cannot be counted on this system.</exception>
    public int Threads => (int)(Resources.GrowthOf(ResourceKind.Thread) ?? throw new LimpetException(
        Trouble.Refused, "Threads cannot be counted on this system: only Linux has readers. Look at Megabytes alone."));

    /// <summary>
    /// Bytes that an operation adds: the median of the slopes between all readings behind the warm-up, and its 95 % interval. Not a number with fewer than two readings; the
    /// interval is infinite with too few to tell (fewer than five).
    /// </summary>
    public required TheilSen Slope { get; init; }

    /// <summary>Whether an operation adds bytes beyond doubt: the whole interval of <see cref="Slope"/> is above zero.</summary>
    public bool Grows => Slope.Low > 0;

    /// <summary><see cref="Growth"/> by operation, warm-up and all. 0 when nothing was retained, negative when memory shrank.</summary>
    public double RetainedPerOperation => (double)Growth.Bytes / Iterations;

    /// <summary>What became of the memory of the operations behind the last reading but one.</summary>
    public required GrowthStretch LastStretch { get; init; }

    /// <summary>What all operations allocated, by all threads of the process.</summary>
    public required ByteSize Allocated { get; init; }

    /// <summary>Collections that the runtime made by itself while operations ran, of any generation.</summary>
    public required int NaturalCollections { get; init; }

    /// <summary>How long those stopped the program in all.</summary>
    public required TimeSpan NaturalPause { get; init; }

    /// <summary>How long the forced ones of the readings stopped it in all: what the measurement itself costs.</summary>
    public required TimeSpan ForcedPause { get; init; }

    /// <summary>What came and went by name: descriptors, threads, timers and the like.</summary>
    public required ResourceDifference Resources { get; init; }

    /// <summary>What makes the figures less than certain: other measurements at the same time, other threads that allocated, finalizers that did not finish.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>Runs an operation again and again and reads memory between.</summary>
    /// <param name="operation">The operation. What it throws ends the measurement and is passed on as it is.</param>
    /// <param name="iterations">How often it runs; at least 1.</param>
    /// <param name="cleanupInterval">After how many operations everything is collected and read; at least 1. Above <paramref name="iterations"/> only the end is.</param>
    /// <exception cref="LimpetException">A no-GC region is in progress, which a collection would end.</exception>
    public static MemoryGrowth Measure(Action operation, int iterations = 100, int cleanupInterval = 10)
    {
        ArgumentNullException.ThrowIfNull(operation);
        using GrowthRun run = new(iterations, cleanupInterval, onOneThread: true);
        for (int i = 1; i <= iterations; i++)
        {
            operation();
            run.Ran(i);
        }

        return run.Result();
    }

    /// <summary>Runs an asynchronous operation again and again, one after the other, and reads memory between.</summary>
    /// <param name="operation">The operation. What it throws ends the measurement and is passed on as it is.</param>
    /// <param name="iterations">How often it runs; at least 1.</param>
    /// <param name="cleanupInterval">After how many operations everything is collected and read; at least 1. Above <paramref name="iterations"/> only the end is.</param>
    /// <param name="cancellationToken">Ends the measurement between two operations.</param>
    /// <exception cref="LimpetException">A no-GC region is in progress, which a collection would end.</exception>
    public static async Task<MemoryGrowth> MeasureAsync(
        Func<Task> operation, int iterations = 100, int cleanupInterval = 10, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        using GrowthRun run = new(iterations, cleanupInterval, onOneThread: false);
        for (int i = 1; i <= iterations; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await operation().ConfigureAwait(false);
            if (run.IsDue(i))
            {
                // The code behind an await runs on top of the frames that completed it, and these hold what the operation made.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            run.Ran(i);
        }

        return run.Result();
    }

    /// <summary>Megabytes and threads, as <c>(double megabytes, int threads) = MemoryGrowth.Measure(…)</c>.</summary>
    /// <param name="megabytes"><see cref="Megabytes"/>.</param>
    /// <param name="threads"><see cref="Threads"/>.</param>
    public void Deconstruct(out double megabytes, out int threads) => (megabytes, threads) = (Megabytes, Threads);
}
