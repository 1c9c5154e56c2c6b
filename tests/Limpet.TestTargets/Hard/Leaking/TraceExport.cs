using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A nightly report traces itself with a tracer provider of its own, built per report and flushed, but not disposed. Its listener stays in
/// the static list of ActivitySource: 1 SpanTally, with the whole provider, per operation.
/// </summary>
/// <remarks><code>
/// static ActivitySource.s_allListeners ─→ … ─→ ActivityListener ─→ closure ─→ TracerProviderSdk ─→ SpanTally
/// </code></remarks>
internal sealed class TraceExport : HardLeak
{
    public override Truth Truth => Truth.Leak(
        "Each report builds an OpenTelemetry TracerProvider and does not dispose it; its ActivityListener stays in the static list of ActivitySource.",
        "OpenTelemetry 1.20.1",
        new FindingTruth(["ManagedLeak", "UnboundedGrowth"], typeof(SpanTally).FullName!, "ActivitySource", "TracerProvider") { PerOperation = 1 });

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => NightlyReport.Run(number);

    protected override int CheckedOperations => 100;
}

internal sealed class SpanTally : BaseProcessor<Activity>
{
    private readonly int[] _byMinute = new int[60];

    public SpanTally() => Subjects.Add(this);

    public override void OnEnd(Activity data) => _byMinute[data.StartTimeUtc.Minute]++;
}

internal static class NightlyReport
{
    public static void Run(int number)
    {
        // A source per report, so that reports that run beside each other are not mixed up.
        using ActivitySource source = new($"Shop.Reports.{number}");
        TracerProvider provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddProcessor(new SpanTally()).Build();
        using (Activity? activity = source.StartActivity("report"))
        {
            activity?.SetTag("number", number);
        }

        provider.ForceFlush();
    }
}
