using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A nightly report counts its own spans by an ActivityListener, which it does not dispose: ActivitySource keeps every listener in a
/// static list: 1 SpanTally, behind its listener, per operation.
/// </summary>
/// <remarks><code>
/// static ActivitySource.s_allListeners ─→ SynchronizedList ─→ ActivityListener ─ActivityStopped→ Action&lt;Activity&gt; ─_target→ SpanTally
/// </code></remarks>
internal sealed class TraceExport : HardLeak
{
    public override Truth Truth => Truth.Leak(
        "Each report adds an ActivityListener and does not dispose it; it stays in the static list of ActivitySource, and with it the SpanTally.",
        "framework",
        FindingTruth.Entries(typeof(SpanTally).FullName!, 1, "ActivitySource", "ActivityListener"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => NightlyReport.Run(number);

    protected override int CheckedOperations => 200;
}

internal sealed class SpanTally
{
    private readonly int[] _byMinute = new int[60];

    public SpanTally() => Subjects.Add(this);

    public void Count(Activity span) => _byMinute[span.StartTimeUtc.Minute]++;
}

internal static class NightlyReport
{
    public static void Run(int number)
    {
        // A source for each report, so that reports that run beside each other are not mixed up.
        using ActivitySource source = new($"Shop.Reports.{number}");
        ActivityListener listener = new()
        {
            ShouldListenTo = other => other.Name == source.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = new SpanTally().Count,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity? span = source.StartActivity("report");
        span?.SetTag("number", number);
    }
}
