using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Writes what holds the objects of a type, or one object, for a terminal.</summary>
public static class WhyText
{
    /// <summary>The whole answer.</summary>
    /// <param name="result">The result.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(WhyResult result, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        TextPage page = new(colors);
        WhyMatches matches = result.Matches;
        string at = matches.Address is { } address ? " at 0x" + address.ToString("x", CultureInfo.InvariantCulture) : "";
        page.Line($"{page.Paint(Ink.Strong, Words.Name(matches.Type))}{at}  {Words.Many(matches.Count, "object")}, {Held(matches)}");
        WeakText.Write(page, matches);
        foreach (WhyTrace trace in result.Traces)
        {
            page.Line();
            page.Line($"{Words.Many(trace.Count, "object")}, {trace.Retained} retained by {(trace.Count == 1 ? "it" : "them")}");
            TraceText.Write(page, trace.Holder);
            TraceText.Hint(page, trace.Hint);
            if (trace.Source is { } source && trace.Hint is null)
            {
                page.Line($"   {page.Paint(Ink.Faint, "source:")} {Words.Name(source.File)}:{source.Line}");
            }
        }

        if (result.OmittedShapes > 0)
        {
            page.Line();
            page.Line(Ink.Faint, $"{Words.Many(result.OmittedShapes, "more shape")} not shown");
        }

        EnvelopeText.WriteNotes(page, result);
        return page.ToString();
    }

    private static string Held(WhyMatches matches) => matches switch
    {
        { Rooted: false } => "no root reaches any: garbage that was not collected yet" + Where(matches),
        { RootedCount: var rooted, Count: var count } when rooted == count => "all reached by roots",
        _ => $"{Words.Count(matches.RootedCount)} reached by roots; the others are garbage that was not collected yet" + Where(matches),
    };

    private static string Where(WhyMatches matches) => matches.Garbage.Length == 0 ? ""
        : " (" + string.Join(", ", matches.Garbage.Select(part => $"{Words.Count(part.Count)} in {GenerationWords.Of(part.Name)}")) + ")";
}
