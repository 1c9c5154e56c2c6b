using System.Globalization;

namespace Limpet.Bench.Capturing;

/// <summary>
/// All repetitions. Speeds are medians, of ours and of the peer alike. What must not be exceeded (stall, memory) is the worst
/// of all repetitions, held against the median of the copy.
/// </summary>
internal sealed class BenchResults(IReadOnlyDictionary<string, long> truth)
{
    private const double MinObjectsPerSecond = 10e6;
    private const double MinWalkRatio = 40;
    private const double MinSnapshotRatio = 25;
    private const double StallPerCopy = 2;
    private const double StallAllowance = 0.2;
    private const long MemoryAllowance = 150_000_000;

    public List<CaptureFigures> Captures { get; } = [];

    public List<CopyFigures> Copies { get; } = [];

    public List<WalkFigures> Walks { get; } = [];

    /// <summary>The peer's walks that take references as objects.</summary>
    public List<WalkFigures> ObjectWalks { get; } = [];

    public List<SnapshotRun> Snapshots { get; } = [];

    /// <summary>The peer over a core dump; empty unless it was asked for.</summary>
    public List<CoreFigures> Cores { get; } = [];

    public string DescribeLast(int time)
    {
        (CaptureFigures capture, CopyFigures copy, WalkFigures walk, SnapshotRun snapshot) = (Captures[^1], Copies[^1], Walks[^1], Snapshots[^1]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{time}: {capture.Nodes} objects {capture.Edges} references {capture.Roots} roots; attach {capture.Attach.TotalSeconds:0.000} s, names {(capture.Whole - capture.StopToGraph).TotalSeconds:0.000} s, stop to graph {capture.StopToGraph.TotalSeconds:0.000} s, "
            + $"stall {capture.TargetStall.TotalSeconds:0.000} s in the target ({capture.Stall.TotalSeconds:0.000} s by our own clock, {capture.PredictedStall.TotalSeconds:0.000} s predicted), {capture.Retries} retries; "
            + $"copy of {copy.Bytes} B {copy.Time.TotalSeconds:0.000} s; snapshot {(snapshot.WholeProcess is { } whole ? string.Create(CultureInfo.InvariantCulture, $"{whole.TotalSeconds:0.000} s, {snapshot.FileBytes} B") : "not measured")}; "
            + $"ClrMD {walk.Objects} objects {walk.References} references in {walk.Walk.TotalSeconds:0.0} s of {walk.WholeProcess.TotalSeconds:0.0} s, references as objects {ObjectWalks[^1].Walk.TotalSeconds:0.0} s{DescribeCore()}");
    }

    private string DescribeCore() => Cores is not [.., var core] ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"; core dump of {core.Bytes} B in {core.Written.TotalSeconds:0.0} s, ClrMD {core.Walk.Objects} objects {core.Walk.References} references in {core.Walk.Walk.TotalSeconds:0.0} s of {core.Walk.WholeProcess.TotalSeconds:0.0} s");

    public IEnumerable<Row> Rows()
    {
        CaptureFigures last = Captures[^1];
        double ours = Median.Of(Captures.Select(capture => capture.Nodes / capture.StopToGraph.TotalSeconds));
        double peer = Median.Of(Walks.Select(walk => walk.Objects / walk.Walk.TotalSeconds));
        yield return new Row("objects/s, stop to graph", Text($"{ours / 1e6:0.0} M"), Text($"{peer / 1e6:0.00} M"), "", Text($">= {MinObjectsPerSecond / 1e6:0} M"), ours >= MinObjectsPerSecond);
        yield return new Row("... against ClrMD's live walk", "", "", Text($"{ours / peer:0.0}"), Text($">= {MinWalkRatio} x"), ours / peer >= MinWalkRatio);
        double objects = Median.Of(ObjectWalks.Select(walk => walk.Objects / walk.Walk.TotalSeconds));
        yield return new Row("... references as objects", "", Text($"{objects / 1e6:0.00} M"), Text($"{ours / objects:0.0}"));
        // A file holds each reference with the type of what it refers to: the walk that gives as much is the peer.
        yield return Snapshot("whole process, s, references as objects", ObjectWalks, Text($">= {MinSnapshotRatio} x"));
        yield return Snapshot("... references as addresses", Walks, "");
        yield return Stall();
        yield return Memory();
        yield return new Row(
            "graph, B per node",
            Text($"{(double)last.GraphBytes / last.Nodes:0.00}"),
            Bound: Text($"<= {GraphBound(last) / (double)last.Nodes:0.00}"),
            Met: Captures.All(capture => capture.GraphBytes <= GraphBound(capture)));
        yield return new Row(
            "objects",
            Text($"{last.Nodes}"),
            Text($"{Walks[^1].Objects}"),
            Bound: Text($">= {truth["total"]}, {string.Join(", ", TargetTypes.Stated(truth).Select(entry => $"{entry.Value} {entry.Key}"))}"),
            Met: Captures.All(IsTrue) && Walks.Concat(Cores.Select(core => core.Walk)).All(walk => AreStated(walk.Counts)));
        yield return new Row("references", Text($"{last.Edges}"), Text($"{Walks[^1].References}"));
        yield return new Row("attach and warm-up, s", Text($"{Median.Of(Captures.Select(capture => capture.Attach.TotalSeconds)):0.00}"));
    }

    private Row Snapshot(string name, List<WalkFigures> walks, string bound)
    {
        double peer = Median.Of(walks.Select(walk => walk.WholeProcess.TotalSeconds));
        if (Snapshots.Any(run => run.WholeProcess is null))
        {
            return new Row(name, "", Text($"{peer:0.0}"), "", bound);
        }

        double ours = Median.Of(Snapshots.Select(run => run.WholeProcess!.Value.TotalSeconds));
        return new Row(name, Text($"{ours:0.00}"), Text($"{peer:0.0}"), Text($"{peer / ours:0.0}"), bound, bound.Length == 0 ? null : peer / ours >= MinSnapshotRatio);
    }

    private Row Stall()
    {
        double copy = Median.Of(Copies.Select(figures => figures.Time.TotalSeconds));
        double bound = (StallPerCopy * copy) + StallAllowance;
        double ours = Captures.Max(capture => capture.TargetStall.TotalSeconds);
        double peer = Median.Of(Walks.Select(walk => walk.TargetStall.TotalSeconds));
        return new Row("stall by the target's ticker, s", Text($"{ours:0.000}"), Text($"{peer:0.0}"), Text($"{peer / ours:0.0}"), Text($"<= 2 x copy {copy:0.000} + 0.2 = {bound:0.000}"), ours <= bound);
    }

    private Row Memory()
    {
        CaptureFigures worst = Captures.MaxBy(capture => capture.PeakBytes)!;
        long bound = GraphBound(worst) + MemoryAllowance;
        long peer = Walks.Max(walk => walk.PeakBytes);
        return new Row("peak memory, MB", Text($"{worst.PeakBytes / 1e6:0}"), Text($"{peer / 1e6:0}"), Text($"{(double)peer / worst.PeakBytes:0.0}"), Text($"<= {bound / 1e6:0}"), worst.PeakBytes <= bound);
    }

    /// <summary>Also the runtime's own objects are in the heap, so the total is a least number; the counts by type are exact.</summary>
    private bool IsTrue(CaptureFigures capture) =>
        capture.Incomplete is null && capture.Nodes >= truth["total"] && capture.Nodes < truth["total"] + 50_000
        && AreStated(capture.Counts);

    private bool AreStated(Dictionary<string, long> counts) =>
        TargetTypes.Stated(truth).All(entry => counts.GetValueOrDefault(entry.Key) == entry.Value);

    private static long GraphBound(CaptureFigures capture) => (capture.Nodes * 16) + (capture.Edges * 4);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
