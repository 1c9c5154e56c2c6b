using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// An instrumentation of a client for a cloud gives each request a meter and a source of activities. Both are made anew every time, under the same
/// name, and none is disposed: the runtime has all meters and all sources in static lists, so that listeners find them.
/// </summary>
/// <remarks><code>
/// static Meter.s_allMeters ─→ List&lt;Meter&gt; ─→ Meter ─_instruments→ List&lt;Instrument&gt; ─→ Histogram&lt;double&gt;
/// static ActivitySource.s_activeSources ─→ SynchronizedList&lt;ActivitySource&gt; ─→ List&lt;ActivitySource&gt; ─→ ActivitySource
/// </code></remarks>
internal sealed class RequestMeters(bool mended) : ReportedTarget(mended)
{
    private readonly CloudTelemetry _telemetry = new(reuses: mended);

    protected override string Issue => "open-telemetry/opentelemetry-dotnet-contrib#2025";

    protected override string Found =>
        "The instrumentation did not reuse its ActivitySources, Meters and instruments: it made new ones for each request, and the runtime keeps them all.";

    protected override Truth Leak => Truth.Leak(
        "CloudTelemetry makes a Meter and an ActivitySource for every request and disposes neither; static lists of the runtime keep them.",
        "framework",
        FindingTruth.Entries(typeof(Meter).FullName!, 1, "Meter.s_allMeters"),
        FindingTruth.Entries(typeof(ActivitySource).FullName!, 1, "ActivitySource"));

    protected override string Remedy => "CloudTelemetry makes a Meter and an ActivitySource for each scope once and uses them again.";

    /// <summary>One of each.</summary>
    protected override double Cap => 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => CloudRequest.Send(_telemetry, bytes: 100 + (number % 50));

    protected override double[] Measured() => [Subjects.Alive<Meter>(), Subjects.Alive<ActivitySource>()];
}

/// <summary>What the client asks for meters and sources.</summary>
internal sealed class CloudTelemetry(bool reuses)
{
    private readonly Dictionary<string, (Meter Meter, Histogram<double> Sizes, ActivitySource Source)> _byScope = [];

    public (Meter Meter, Histogram<double> Sizes, ActivitySource Source) Of(string scope)
    {
        if (reuses && _byScope.TryGetValue(scope, out var made))
        {
            return made;
        }

        Meter meter = new(scope);
        ActivitySource source = new(scope);
        Subjects.Add(meter);
        Subjects.Add(source);
        made = (meter, meter.CreateHistogram<double>("request.size"), source);
        if (reuses)
        {
            _byScope.Add(scope, made);
        }

        return made;
    }
}

internal static class CloudRequest
{
    public static void Send(CloudTelemetry telemetry, int bytes)
    {
        (_, Histogram<double> sizes, ActivitySource source) = telemetry.Of("Cloud.Storage");
        using Activity? activity = source.StartActivity("put");
        sizes.Record(bytes);
    }
}
