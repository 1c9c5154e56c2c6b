using System.Globalization;

namespace Limpet.Bench.Capturing;

/// <summary>
/// From nothing to a graph or a file, attaching included: beside ClrMD over a core dump where one was asked for, and for a heap of 20 million objects what that must reach.
/// </summary>
internal sealed class WholeWay(BenchResults results, bool isLarge)
{
    /// <summary>From so many objects on it is shown, and bounded, what is promised of a large heap.</summary>
    public const int LargeHeap = 20_000_000;
    private const double MinCoreRatio = 8;
    private const double MinLiveRatio = 35;
    private const double MostPerGraph = 2;
    private const long MostMemory = 900_000_000;

    private double Graph => Median.Of(results.Captures.Select(capture => (capture.Attach + capture.Whole).TotalSeconds));

    public IEnumerable<Row> Rows()
    {
        if (results.Cores.Count > 0)
        {
            yield return Against("attach to graph, s, core dump and ClrMD", results.Cores.Select(core => core.Whole), MinCoreRatio);
            yield return new Row("... of which the dump is written", "", Seconds(Median.Of(results.Cores.Select(core => core.Written.TotalSeconds))));
            yield return new Row("... stall by the target's ticker, s", Text($"{results.Captures.Max(capture => capture.TargetStall.TotalSeconds):0.000}"), Text($"{Median.Of(results.Cores.Select(core => core.TargetStall.TotalSeconds)):0.000}"));
            yield return new Row("... file, MB", Text($"{results.Snapshots[^1].FileBytes / 1e6:0}"), Text($"{results.Cores[^1].Bytes / 1e6:0}"));
        }

        if (isLarge)
        {
            yield return Against("attach to graph, s, live, references as objects", results.ObjectWalks.Select(walk => walk.Attach + walk.Walk), MinLiveRatio);
            yield return Against("... references as addresses", results.Walks.Select(walk => walk.Attach + walk.Walk), null);
            yield return OfTool("limpet snapshot, whole process, s", run => run.WholeProcess?.TotalSeconds, "0.00", Graph * MostPerGraph, Text($"{MostPerGraph} x attach to graph = {Graph * MostPerGraph:0.00}"));
            yield return OfTool("... peak memory, MB", run => run.PeakBytes / 1e6, "0", MostMemory / 1e6, Text($"{MostMemory / 1e6:0}"));
        }
    }

    private Row Against(string name, IEnumerable<TimeSpan> peers, double? least)
    {
        double peer = Median.Of(peers.Select(time => time.TotalSeconds));
        return new Row(name, Seconds(Graph), Seconds(peer), Text($"{peer / Graph:0.0}"), least is null ? "" : Text($">= {least} x"), least is null ? null : peer / Graph >= least);
    }

    private Row OfTool(string name, Func<SnapshotRun, double?> figure, string format, double most, string shown)
    {
        double[] ours = [.. results.Snapshots.Select(figure).OfType<double>()];
        bool isMeasured = ours.Length == results.Snapshots.Count;
        return new Row(name, isMeasured ? ours.Max().ToString(format, CultureInfo.InvariantCulture) : "", Bound: $"<= {shown}", Met: isMeasured ? ours.Max() <= most : null);
    }

    private static string Seconds(double seconds) => Text($"{seconds:0.00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
