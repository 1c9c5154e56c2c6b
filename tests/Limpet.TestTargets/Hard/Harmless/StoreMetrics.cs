using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Counts sales by branch and way of paying and exports the figures with OpenTelemetry five times a second. There are 75 branches and 4 ways, and one more of
/// the 300 pairs is used with each operation, until all have been.
/// </summary>
internal sealed class StoreMetrics : HarmlessTarget
{
    private readonly SalesMeter _meter = new();
    private MeterProvider? _provider;

    public override Truth Truth => Truth.Harmless(
        "The tags of the meter have 300 combinations, and there is a figure for each.", "OpenTelemetry 1.20.1", "Clean", "Bounded");

    protected override double Cap => SalesMeter.Pairs;

    public override string Build()
    {
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(SalesMeter.Name)
            .AddReader(new PeriodicExportingMetricReader(new HeadOffice(), exportIntervalMilliseconds: 200))
            .Build();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        _meter.Sold(number);
    }

    protected override double[] Measured()
    {
        _provider!.ForceFlush();
        return [HeadOffice.Figures];
    }
}

internal sealed class SalesMeter
{
    public const string Name = "Store.Sales";

    public const int Pairs = Branches * Ways;

    private const int Branches = 75;
    private const int Ways = 4;

    private readonly Counter<long> _sales;
    private readonly Histogram<double> _sums;

    public SalesMeter()
    {
        Meter meter = new(Name);
        _sales = meter.CreateCounter<long>("sales");
        _sums = meter.CreateHistogram<double>("sums");
    }

    public void Sold(int number)
    {
        KeyValuePair<string, object?> branch = new("branch", $"branch {number % Branches}");
        KeyValuePair<string, object?> way = new("way", $"way {number / Branches % Ways}");
        _sales.Add(1, branch, way);
        _sums.Record(number % 40, branch, way);
    }
}

/// <summary>What receives the figures: it counts them and forgets them.</summary>
internal sealed class HeadOffice : BaseExporter<Metric>
{
    public static int Figures { get; private set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (Metric metric in batch)
        {
            int figures = 0;
            foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
            {
                figures += point.Tags.Count > 0 ? 1 : 0;
            }

            Figures = figures;
        }

        return ExportResult.Success;
    }
}
