namespace Limpet.Capture.Counters;

/// <summary>One value that a process published.</summary>
/// <param name="Source">The meter, or <c>System.Runtime</c> for the counters of the runtime.</param>
/// <param name="Name">The counter or instrument, such as <c>gc-heap-size</c> or <c>http.client.open_connections</c>.</param>
/// <param name="Tags">What tells series of one instrument apart, such as <c>server.port=80</c>; empty where nothing does.</param>
/// <param name="Unit">The unit as the process states it; may be empty.</param>
/// <param name="Kind">What the value is.</param>
/// <param name="Value">The level, or what came in the interval.</param>
public readonly record struct CounterValue(string Source, string Name, string Tags, string Unit, CounterKind Kind, double Value);
