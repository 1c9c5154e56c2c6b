using System.Globalization;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>
/// Draws retention traces: the root on top, one line an object, under it the member that holds the next one, underlined where the
/// mistake must lie, and at the end the object that should be gone.
/// </summary>
public static class TraceText
{
    /// <summary>The statuses of usual names stand in this column, so that traces of one report line up.</summary>
    private const int StatusColumn = 48;

    /// <summary>Names longer than this do not push the statuses of the others to the right.</summary>
    private const int LongName = 100;

    /// <summary>A trace of more objects is shown from both ends.</summary>
    private const int LongestTrace = 24;

    private const int ShownAtEnds = 10;

    private const string Indent = "│    ";

    /// <summary>A finding's heading, its trace and its hint.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(Finding finding, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(finding);
        TextPage page = new(colors);
        Write(page, finding);
        return page.ToString();
    }

    /// <summary>A trace without heading and hint.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(RetentionTrace trace, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(trace);
        TextPage page = new(colors);
        Write(page, trace);
        return page.ToString();
    }

    internal static void Write(TextPage page, Finding finding)
    {
        string status = FindingFacts.Status(finding) is { } known ? $"  ({known})" : "";
        Ink ink = VerdictInk.Of(finding);
        string numbers = FindingNumbers.Of(finding);
        page.Line($"{page.Paint(ink, finding.Kind.ToString())}  {page.Paint(Ink.Strong, Words.Name(finding.Subject))}{(numbers.Length == 0 ? "" : "  " + numbers)}{status}");
        if (finding.Holder is { } holder)
        {
            Write(page, holder);
        }

        Hint(page, finding.Hint);
    }

    internal static void Hint(TextPage page, string? hint)
    {
        if (hint is not null)
        {
            page.Line($"   {page.Paint(Ink.Good, "hint:")} {Words.Sentence(hint)}");
        }
    }

    internal static void Write(TextPage page, RetentionTrace trace)
    {
        page.Line("┬─── " + Words.Name(RootWords.Of(trace.Root)) + (trace.Root.Threads is { } threads ? $" of {Words.Name(threads)}" : "") + At(page, trace.Root.Source));

        // One capture tells what holds, not what should: a column of unknowns would say nothing.
        bool judged = trace.Path.Any(element => element.Leaking != LeakingStatus.Unknown);
        string[] names = [.. trace.Path.Select((element, position) => (position == trace.Path.Length - 1 ? "╰→ " : "├─ ") + Name(element) + (position == trace.Path.Length - 1 ? Line(element.Source) : ""))];
        int column = Math.Max(StatusColumn, names.Where(name => name.Length <= LongName).Select(name => name.Length + 2).DefaultIfEmpty(0).Max());
        int head = names.Length > LongestTrace ? ShownAtEnds : names.Length;
        for (int position = 0; position < names.Length; position++)
        {
            if (position == head)
            {
                int skipped = names.Length - head - ShownAtEnds;
                page.Line($"┊    {page.Paint(Ink.Faint, $"… {Words.Many(skipped, "object")} between …")}");
                position += skipped;
            }

            TraceElement element = trace.Path[position];
            string name = names[position];
            page.Line(judged ? (name.Length < column ? name.PadRight(column) : name + "  ") + Status(page, element) : name);
            if (position < names.Length - 1)
            {
                Step(page, element);
            }
        }
    }

    private static string Name(TraceElement element) =>
        element.Detail is null ? Words.Name(element.Type) : $"{Words.Name(element.Type)} {Words.Name(element.Detail)}";

    private static string Line(SourceLine? source) => source is null ? "" : $" ({Words.Name(source.File)}:{source.Line})";

    private static string At(TextPage page, SourceLine? source) => source is null ? "" : " " + page.Paint(Ink.Faint, Line(source));

    private static string Status(TextPage page, TraceElement element)
    {
        (Ink ink, string word) = element.Leaking switch
        {
            LeakingStatus.Yes => (Ink.Bad, "yes"),
            LeakingStatus.No => (Ink.Good, "no"),
            _ => (Ink.Faint, "unknown"),
        };
        return $"Leaking: {page.Paint(ink, word)} ({Words.Sentence(element.Reason)})";
    }

    private static void Step(TextPage page, TraceElement element)
    {
        string words = Words.Name(element.Meaning ?? element.Member ?? "(not known)");
        page.Line($"{Indent}↓ {words}{At(page, element.Source)}");
        if (element.Suspect)
        {
            // The last clause of a meaning is the reference itself: of "event handler, delegate target" the target.
            int start = element.Meaning is null ? 0 : words.LastIndexOf(", ", StringComparison.Ordinal) + 2;
            start = start < 2 ? 0 : start;
            int width = new StringInfo(words[start..]).LengthInTextElements;
            int skip = new StringInfo(words[..start]).LengthInTextElements;
            page.Line(Indent + new string(' ', 2 + skip) + page.Paint(Ink.Doubt, new string('~', width)));
        }
    }
}
