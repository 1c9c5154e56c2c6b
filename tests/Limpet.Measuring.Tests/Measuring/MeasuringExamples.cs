using System.Runtime.CompilerServices;
using Limpet.Measuring;
using Limpet.Resources;

namespace Limpet.Tests.Measuring;

/// <summary>What <c>docs/features/measuring.md</c> shows.</summary>
public sealed class MeasuringExamples
{
    private static readonly Dictionary<int, byte[]> Results = [];
    private int resultBytes = 20 * 1024;

    [Fact]
    public void Page_HasTheseExamples() => Page.Read("measuring.md", "Measuring/MeasuringExamples.cs").HasTheCodeOfTheExamples();

    [Fact]
    public void Profiler_OfALeak_SaysWhatThePageShows()
    {
        GrowthException leak = Assert.Throws<GrowthException>(() =>
        {
            using MemoryProfiler profiler = MemoryProfiler.Start("transcriptions");
            for (int i = 0; i < 1000; i++)
            {
                Transcribe(i);
            }

            profiler.Stop();
            profiler.AssertNoThreadLeak(maxGrowth: 5);
            profiler.AssertNoMemoryLeak(maxGrowthMb: 10.0);
        });
        Results.Clear();

        Page.Read("measuring.md", "Measuring/MeasuringExamples.cs").HasTheOutput(leak.Message);
    }

    [Fact]
    public void Growth_OfALeak_IsItsSlope()
    {
        resultBytes = 500_000; // the runner works in the same process: what it moves must be little beside this
        int request = 0;
        (double megabytes, int threads) = MemoryGrowth.Measure(() => Transcribe(request++), iterations: 100, cleanupInterval: 10);
        MemoryGrowth growth = MemoryGrowth.Measure(() => Transcribe(request++));
        string said = $"{growth.Slope.Slope:0} bytes by operation, {growth.Slope.Low:0} to {growth.Slope.High:0}; {growth.LastStretch.FreedPercent:0} % of the apparent growth was freed";
        Results.Clear();

        Assert.InRange(megabytes, 40, 56);
        Assert.InRange(threads, -3, 3);
        Assert.InRange(growth.Slope.Slope, 450_000, 550_000);
        Assert.InRange(growth.Slope.Low, 1, growth.Slope.Slope);
        Assert.InRange(growth.Slope.High, growth.Slope.Slope, double.MaxValue);
        Assert.InRange(growth.LastStretch.FreedPercent!.Value, -40, 40);
        Assert.Matches("^[0-9]+ bytes by operation, [0-9]+ to [0-9]+; -?[0-9]+ % of the apparent growth was freed$", said);
    }

    [Fact]
    public void Resident_AfterWork_IsToldApart()
    {
        ResidentMemory memory = ResidentMemory.Release();
        string said = $"{memory.Before} resident: the collector gave back {memory.GivenBackByCollector}, the allocator {memory.GivenBackByAllocator}, {memory.Held} are held";

        Assert.Matches("resident: the collector gave back ", said);
    }

    [Fact]
    public void Census_OfTwoTypes_CountsEach()
    {
        using ObjectCensus census = new();
        Serve(census);
        foreach (ObjectCount one in census.Read())
        {
            Console.WriteLine($"{one.Type}: {one.Counts.Born} born, {one.Counts.Died} died, {one.Counts.Alive} alive");
        }

        Assert.Equal(0, census.Count<Stream>().Alive);
    }

    [Fact]
    public void Ledger_OfStoresThatStayOpen_SaysWhatThePageShows()
    {
        GrowthException open = Assert.Throws<GrowthException>(() =>
        {
            CreationLedger engines = new("engine", depth: 1);
            for (int i = 0; i < 29; i++)
            {
                OpenStore(engines);
            }

            engines.AssertBalanced();
        });

        Page.Read("measuring.md", "Measuring/MeasuringExamples.cs").HasTheOutput(open.Message);
    }

    [Fact]
    public async Task Settle_OfDescriptors_WaitsForThem()
    {
        ResourceCounts before = ResourceSnapshot.TakeCounts() with { Descriptors = int.MaxValue };
#pragma warning disable xUnit1051 // as a reader writes it
        bool closed = await Settle.UntilAsync(() => ResourceSnapshot.TakeCounts().Descriptors <= before.Descriptors, TimeSpan.FromSeconds(10));
#pragma warning restore xUnit1051

        Assert.True(closed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object OpenStore(CreationLedger engines) => engines.Created(new object());

    private static void Serve(ObjectCensus census)
    {
        for (int i = 0; i < 10; i++)
        {
            census.Track(new MemoryStream()).WriteByte(1);
        }
    }

    private void Transcribe(int request) => Results.Add(request, new byte[resultBytes]);
}
