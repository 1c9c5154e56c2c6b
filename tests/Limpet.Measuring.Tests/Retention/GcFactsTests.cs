using System.Runtime;
using Limpet.Results;
using Limpet.Retention;

namespace Limpet.Tests.Retention;

public sealed class GcFactsTests
{
    private static object? escaped;

    [Fact]
    public void Measure_OfThisMachine_IsWhatAllocationShows()
    {
        GcFacts facts = GcFacts.Measure(3);

        Assert.Equal(GCSettings.IsServerGC, facts.Server);
        Assert.Equal(GCSettings.LatencyMode, facts.LatencyMode);
        Assert.True(facts.AvailableMemory.Bytes > 0);
        Assert.Equal(GC.MaxGeneration + 3, facts.GenerationSizes.Length);
        Assert.Equal(3, facts.Generation0Budgets.Length);
        Assert.Contains(facts.Generation0Budget!.Value, facts.Generation0Budgets);

        // A quarter of the budget brings no collection more than one in two tries, and eight budgets bring some.
        int before = GC.CollectionCount(0);
        for (long allocated = 0; allocated < 8 * facts.Generation0Budgets.Max().Bytes; allocated += 4096)
        {
            Volatile.Write(ref escaped, new byte[4096]);
        }

        Assert.InRange(GC.CollectionCount(0) - before, 2, 1000);
    }

    [Fact]
    public void Cost_OfAnOperation_IsItsBytesAndItsCollections()
    {
        OperationCost cost = OperationCost.Measure(() => Volatile.Write(ref escaped, new byte[100_000 - 24]), 2000);

        Assert.InRange(cost.BytesPerOperation, 99_000, 120_000);
        Assert.True(cost.Collections[0] > 0);
        Assert.True(cost.Pause > TimeSpan.Zero);
        Assert.Equal(cost.Collections[0] / 2.0, cost.CollectionsPerThousand);
    }

    [Fact]
    public async Task Cost_OfAnAsyncOperation_IsMeasuredToo()
    {
        int calls = 0;
        OperationCost cost = await OperationCost.MeasureAsync(
            async () =>
            {
                await Task.Yield();
                Volatile.Write(ref escaped, new byte[10_000]);
                calls++;
            },
            100);

        Assert.Equal(101, calls); // one to warm up
        Assert.InRange(cost.BytesPerOperation, 10_000, 40_000);
    }

    [Fact]
    public void Budget_WithoutACollection_IsNotKnown()
    {
        GcFacts facts = GcFacts.Measure(1) with { Generation0Budgets = [] };

        Assert.Null(facts.Generation0Budget);
        Assert.Equal(2, (facts with { Generation0Budgets = [new ByteSize(9), new ByteSize(1), new ByteSize(2)] }).Generation0Budget!.Value.Bytes);
    }

    [Fact]
    public void Measure_WithWrongNumbers_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GcFacts.Measure(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => OperationCost.Measure(() => { }, 0));
        Assert.Throws<ArgumentNullException>(() => OperationCost.Measure(null!));
    }
}
