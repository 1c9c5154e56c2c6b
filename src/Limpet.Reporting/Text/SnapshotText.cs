using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Writes what a snapshot holds and cost, for a terminal.</summary>
public static class SnapshotText
{
    /// <summary>The whole report.</summary>
    /// <param name="result">The result.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(SnapshotResult result, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        TextPage page = new(colors);
        HeapSummary heap = result.Heap;
        string source = result.Target is { } target ? " of " + EnvelopeText.Target(target) : "";
        page.Line($"{page.Paint(Ink.Strong, "Snapshot")}{source}{(heap.File is { } file ? " in " + Words.Name(file) : "")}");
        page.Line($"  {Words.Many(heap.Objects, "reachable object")}, {heap.Bytes}, {Words.Many(heap.References, "reference")}, {Words.Many(heap.Roots, "root")}");
        page.Line($"  stood still for {Words.Time(result.Timings.Stall)}; attached in {Words.Time(result.Timings.Attach)}, {Words.Time(result.Timings.Total)} in all");
        if (result.Way != CaptureWay.Live)
        {
            page.Line($"  way: {(result.Way == CaptureWay.Dump ? "dump, written by its runtime, read and deleted" : "events of its diagnostics port")}");
        }

        if (heap.Complete)
        {
            page.Line("  the heap is complete");
        }
        else
        {
            page.Line(Ink.Doubt, $"  incomplete: {Words.Sentence(heap.IncompleteReason ?? "no reason was given")}");
        }

        EnvelopeText.WriteNotes(page, result);
        return page.ToString();
    }
}
