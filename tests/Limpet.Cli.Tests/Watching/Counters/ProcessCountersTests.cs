using Limpet.Capture.Counters;
using Limpet.Cli.Watching.Counters;
using Limpet.Results;

namespace Limpet.Cli.Tests.Watching.Counters;

public sealed class ProcessCountersTests
{
    [Fact]
    public void Take_LevelsAndRates_KeepFirstLastHighestAndTotal()
    {
        using ProcessCounters counters = ProcessCounters.Refused("no reason");
        foreach (double value in (double[])[4, 9, 2])
        {
            counters.Take(new CounterValue("System.Runtime", "active-timer-count", "", "", CounterKind.Level, value));
            counters.Take(new CounterValue("System.Runtime", "exception-count", "", "", CounterKind.Increment, value));
        }

        DotNetFigures figures = counters.Figures();
        Assert.Equal(new CounterFigure("System.Runtime", "active-timer-count", "", "", false, 4, 2, 9, 0), figures.Counter("active-timer-count"));
        Assert.Equal(new CounterFigure("System.Runtime", "exception-count", "", "", true, 4, 2, 9, 15), figures.Counter("exception-count"));
        Assert.Null(figures.Counter("gc-committed"));
    }

    [Fact]
    public void Take_BeforeTheFirstCollection_IsNoLevel()
    {
        using ProcessCounters counters = ProcessCounters.Refused("no reason");
        foreach (double value in (double[])[0, 0, 5e6, 0])
        {
            counters.Take(new CounterValue("System.Runtime", "gc-committed", "", "B", CounterKind.Level, value));
        }

        Assert.Equal((5e6, 0, 5e6), counters.Figures().Counter("gc-committed") is { } committed ? (committed.First, committed.Last, committed.Max) : default);
    }

    [Fact]
    public void Figures_MetersAndTheirDoubles_AreApart()
    {
        using ProcessCounters counters = ProcessCounters.Refused("no reason");
        counters.Take(new CounterValue("System.Runtime", "dotnet.timer.count", "", "{timer}", CounterKind.Level, 3));
        counters.Take(new CounterValue("Npgsql", "db.client.connection.count", "pool=north,password=hunter2", "", CounterKind.Level, 3));
        counters.Take(new CounterValue("Npgsql", "db.client.connection.count", "pool=south", "", CounterKind.Level, 4));

        DotNetFigures figures = counters.Figures();
        Assert.Empty(figures.Counters);
        Assert.Equal([3.0, 4], figures.Meters.Select(meter => meter.Last));
        Assert.DoesNotContain("hunter2", figures.Meters[0].Tags, StringComparison.Ordinal);
    }
}
