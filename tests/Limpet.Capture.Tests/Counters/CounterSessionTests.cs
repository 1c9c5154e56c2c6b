using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Limpet.Capture.Counters;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Capture.Tests.Counters;

public sealed class CounterSessionTests
{
    [Fact]
    public async Task StartAsync_CountersAndMeters_ArePublished()
    {
        using Meter meter = new("Limpet.Counted");
        meter.CreateObservableUpDownCounter("limpet.counted.open", () => new Measurement<int>(5, new KeyValuePair<string, object?>("pool", "north")), "{connection}");
        meter.CreateObservableGauge("limpet.counted.level", () => 2.5);
        Counter<int> sent = meter.CreateCounter<int>("limpet.counted.sent");
        ConcurrentDictionary<string, CounterValue> values = [];
        using (CounterSession session = await CounterSession.StartAsync(Environment.ProcessId, TimeSpan.FromSeconds(1), value => values[value.Name] = value, TestContext.Current.CancellationToken))
        {
            await Eventually.TrueAsync(
                () =>
                {
                    sent.Add(3);
                    return values.ContainsKey("gc-heap-size") && values.ContainsKey("limpet.counted.open") && values.ContainsKey("limpet.counted.level") && values.GetValueOrDefault("limpet.counted.sent").Value > 0;
                },
                "the counters");
            Assert.Null(session.Trouble);
        }

        Assert.Equal(("System.Runtime", "B", CounterKind.Level), (values["gc-heap-size"].Source, values["gc-heap-size"].Unit, values["gc-heap-size"].Kind));
        Assert.InRange(values["gc-heap-size"].Value, 100_000, 1e10);
        Assert.Equal(CounterKind.Increment, values["alloc-rate"].Kind);
        Assert.Equal(new CounterValue("Limpet.Counted", "limpet.counted.open", "pool=north", "{connection}", CounterKind.Level, 5), values["limpet.counted.open"]);
        Assert.Equal(2.5, values["limpet.counted.level"].Value);
        Assert.Equal(CounterKind.Increment, values["limpet.counted.sent"].Kind);
    }

    [Fact]
    public async Task StartAsync_PortSwitchedOff_IsRefused()
    {
        using TargetProcess process = TargetProcess.Start("objects 10", new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" });
        LimpetException refused = await Assert.ThrowsAsync<LimpetException>(() => CounterSession.StartAsync(process.Id, TimeSpan.FromSeconds(1), _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal(Trouble.Refused, refused.Trouble);
        Assert.StartsWith($"The counters of process {process.Id} cannot be read: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_ThatIsKilled_EndsTheSession()
    {
        using TargetProcess process = TargetProcess.Start("objects 10");
        ConcurrentDictionary<string, CounterValue> values = [];
        using CounterSession session = await CounterSession.StartAsync(process.Id, TimeSpan.FromSeconds(1), value => values[value.Name] = value, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => !values.IsEmpty, "a counter");
        process.Kill();
        await Eventually.TrueAsync(() => session.HasEnded, "the end of the session");
    }
}
