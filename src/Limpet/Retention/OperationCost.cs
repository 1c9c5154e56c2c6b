using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Retention;

/// <summary>What one operation costs the collector on this machine: the figures behind "it is collected soon".</summary>
public sealed record OperationCost
{
    /// <summary>How many operations were measured.</summary>
    public required int Operations { get; init; }

    /// <summary>What they allocated, by all threads of the process.</summary>
    public required ByteSize Allocated { get; init; }

    /// <summary>Collections of generation 0, 1 and 2 that the runtime made by itself meanwhile; one of generation 2 counts in all three.</summary>
    public required ImmutableArray<int> Collections { get; init; }

    /// <summary>How long those stopped the program in all.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>Bytes allocated by an operation.</summary>
    public double BytesPerOperation => (double)Allocated.Bytes / Operations;

    /// <summary>Collections of any generation in a thousand operations; 0 when none came, however many operations would have brought one.</summary>
    public double CollectionsPerThousand => 1000.0 * Collections[0] / Operations;

    /// <summary>Runs an operation once to warm up, then again and again without a look between.</summary>
    /// <param name="operation">The operation. What it throws is passed on as it is.</param>
    /// <param name="operations">How often it runs; at least 1.</param>
    public static OperationCost Measure(Action operation, int operations = 1000)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentOutOfRangeException.ThrowIfLessThan(operations, 1);
        operation();
        CostMark before = CostMark.Now();
        for (int i = 0; i < operations; i++)
        {
            operation();
        }

        return CostMark.Now().Since(before, operations);
    }

    /// <summary>Runs an asynchronous operation once to warm up, then again and again, one after the other.</summary>
    /// <param name="operation">The operation. What it throws is passed on as it is.</param>
    /// <param name="operations">How often it runs; at least 1.</param>
    public static async Task<OperationCost> MeasureAsync(Func<Task> operation, int operations = 1000)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentOutOfRangeException.ThrowIfLessThan(operations, 1);
        await operation().ConfigureAwait(false);
        CostMark before = CostMark.Now();
        for (int i = 0; i < operations; i++)
        {
            await operation().ConfigureAwait(false);
        }

        return CostMark.Now().Since(before, operations);
    }

    private readonly record struct CostMark(long Allocated, int Generation0, int Generation1, int Generation2, TimeSpan Pause)
    {
        public static CostMark Now() => new(
            GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), GC.GetTotalPauseDuration());

        public OperationCost Since(CostMark before, int operations) => new()
        {
            Operations = operations,
            Allocated = new ByteSize(Allocated - before.Allocated),
            Collections = [Generation0 - before.Generation0, Generation1 - before.Generation1, Generation2 - before.Generation2],
            Pause = Pause - before.Pause,
        };
    }
}
