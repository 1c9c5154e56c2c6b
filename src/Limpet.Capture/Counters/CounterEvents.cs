using System.Globalization;
using Microsoft.Diagnostics.Tracing;

namespace Limpet.Capture.Counters;

/// <summary>Turns events of the runtime's counters and of <c>System.Diagnostics.Metrics</c> into values.</summary>
internal static class CounterEvents
{
    /// <summary>The counters that every runtime has.</summary>
    public const string Runtime = "System.Runtime";

    /// <summary>What publishes the instruments of all meters.</summary>
    public const string Metrics = "System.Diagnostics.Metrics";

    /// <summary>Hands on what an event says; an event that says something else is passed by.</summary>
    public static void Read(TraceEvent data, Action<CounterValue> onValue)
    {
        if (data.ProviderName == Runtime && data.EventName == "EventCounters" && data.PayloadValue(0) is IDictionary<string, object> outer && outer["Payload"] is IDictionary<string, object> counter)
        {
            ReadCounter(counter, onValue);
        }
        else if (data.ProviderName == Metrics)
        {
            ReadInstrument(data, onValue);
        }
    }

    private static void ReadCounter(IDictionary<string, object> counter, Action<CounterValue> onValue)
    {
        bool isSum = Equals(counter["CounterType"], "Sum");
        if (Number(counter[isSum ? "Increment" : "Mean"]) is { } value)
        {
            string unit = Text(counter, "DisplayUnits");
            bool isMegabytes = unit == "MB"; // the runtime divides by a million before it publishes
            onValue(new CounterValue(Runtime, Text(counter, "Name"), "", isMegabytes ? "B" : unit, isSum ? CounterKind.Increment : CounterKind.Level, isMegabytes ? value * 1_000_000 : value));
        }
    }

    private static void ReadInstrument(TraceEvent data, Action<CounterValue> onValue)
    {
        (string value, CounterKind kind) = data.EventName switch
        {
            "CounterRateValuePublished" => ("rate", CounterKind.Increment),
            "GaugeValuePublished" => ("lastValue", CounterKind.Level),
            "UpDownCounterRateValuePublished" => ("value", CounterKind.Level),
            "HistogramValuePublished" => ("count", CounterKind.Increment),
            _ => ("", CounterKind.Level),
        };
        if (value.Length > 0 && data.PayloadByName("meterName") is string meter && data.PayloadByName("instrumentName") is string name && Number(data.PayloadByName(value)) is { } number)
        {
            onValue(new CounterValue(meter, name, data.PayloadByName("tags") as string ?? "", data.PayloadByName("unit") as string ?? "", kind, number));
        }
    }

    private static string Text(IDictionary<string, object> counter, string name) => counter.TryGetValue(name, out object? value) && value is string text ? text : "";

    /// <summary>Counters come as numbers, instruments as texts, which are empty where there is no value.</summary>
    private static double? Number(object? value) => value switch
    {
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) && double.IsFinite(parsed) ? parsed : null,
        IConvertible number and not bool => Convert.ToDouble(number, CultureInfo.InvariantCulture) is var converted && double.IsFinite(converted) ? converted : null,
        _ => null,
    };
}
