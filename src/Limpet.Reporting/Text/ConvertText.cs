using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Writes what a conversion made, for a terminal.</summary>
public static class ConvertText
{
    /// <summary>The whole report.</summary>
    /// <param name="result">The result.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(ConvertResult result, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        TextPage page = new(colors);
        HeapSummary heap = result.Heap;
        string source = result.Target is { } target ? " of " + EnvelopeText.Target(target) : "";
        page.Line($"{page.Paint(Ink.Strong, "Heap")}{source} in {Words.Name(heap.File ?? "")}, {result.FileSize}");
        page.Line($"  {Words.Many(heap.Objects, "reachable object")}, {heap.Bytes}, {Words.Many(heap.References, "reference")}, {Words.Many(heap.Roots, "root")}");
        if (!heap.Complete)
        {
            page.Line(Ink.Doubt, $"  incomplete: {Words.Sentence(heap.IncompleteReason ?? "no reason was given")}");
        }

        EnvelopeText.WriteNotes(page, result);
        return page.ToString();
    }
}
