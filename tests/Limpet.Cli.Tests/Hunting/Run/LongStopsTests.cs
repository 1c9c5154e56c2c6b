using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Resources;
using Limpet.Verdicts;
using TestHeap = Limpet.Heap.Tests.Heap;

namespace Limpet.Cli.Tests.Hunting.Run;

public sealed class LongStopsTests
{
    private const string Stopped = "The last 2 readings stopped the target for 2.52 s and more, which is longer than was predicted, and than the 2s of --max-stall. Next: a larger --max-stall.";

    [Theory]
    [InlineData(null, 2.5)]
    [InlineData(null, 0.1, 2.5)]
    [InlineData(null, 2.5, 0.1, 2.5)]
    [InlineData(null, 2.0, 2.0)]
    [InlineData(Stopped, 0.1, 2.52, 3.0)]
    public void WhyStopped_TwoReadingsInTurnAreLonger_EndsTheHunt(string? expected, params double[] seconds)
    {
        using HeapGraph graph = TestHeap.Of(h => h.Static("Shop.Desk.all").To(h.Object("Shop.Desk")));
        HuntLog log = new(DriveMode.Operations);
        for (int round = 0; round < seconds.Length; round++)
        {
            ProcessReading reading = new() { Pid = 1 };
            log.Add(
                new Round(RoundKind.Base, 10, 0, TimeSpan.FromSeconds(round), TimeSpan.FromSeconds(1)),
                new SettledReading(reading, reading, HeapCensus.Take(graph, TestContext.Current.CancellationToken), 0, 0, TimeSpan.FromSeconds(seconds[round])));
        }

        Assert.Equal(expected, LongStops.WhyStopped(log, TimeSpan.FromSeconds(2)));
    }
}
