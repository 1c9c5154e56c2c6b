using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Vehicles report to an unbounded channel that a worker empties. The tenth report has a field that the worker does not expect; its
/// task fails, nobody awaits it, and the channel goes on taking reports: 1 VehicleReport per operation.
/// </summary>
/// <remarks><code>
/// TelemetryInlet ─_reports→ UnboundedChannel&lt;VehicleReport&gt; ─_items→ ConcurrentQueue ─→ … ─→ VehicleReport
/// </code></remarks>
internal sealed class TelemetryIngest : HardLeak
{
    private readonly TelemetryInlet _inlet = new();

    public override Truth Truth => Truth.Leak(
        "The reader of TelemetryInlet._reports has died of an exception, and the unbounded channel takes VehicleReports on.",
        "framework",
        FindingTruth.Entries(typeof(VehicleReport).FullName!, 1, "TelemetryInlet", "_reports", "Channel"));

    public override string Build()
    {
        _inlet.Start();
        return "";
    }

    /// <summary>The reader may be a moment behind: the count begins when it has died.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void Drive(int first)
    {
        base.Drive(first);
        SpinWait.SpinUntil(() => _inlet.HasDied, TimeSpan.FromSeconds(10));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        VehicleReport report = new(number % 15, number == 10 ? "n/a" : "52.1;4.9");
        Subjects.Add(report);
        _inlet.Accept(report);
    }
}

internal sealed record VehicleReport(int Vehicle, string Position);

internal sealed class TelemetryInlet
{
    private readonly Channel<VehicleReport> _reports = Channel.CreateUnbounded<VehicleReport>();
    private Task? _drain;
    private double _north;

    public bool HasDied => _drain!.IsFaulted;

    public void Start() => _drain = DrainAsync();

    public void Accept(VehicleReport report) => _reports.Writer.TryWrite(report);

    private async Task DrainAsync()
    {
        await foreach (VehicleReport report in _reports.Reader.ReadAllAsync())
        {
            _north += double.Parse(report.Position.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
