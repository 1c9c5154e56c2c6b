using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>The phases as a table. A long run shows those that left something, and those that took most.</summary>
internal static class PhaseTable
{
    private const int MostShown = 40;
    private const int HighestShown = 5;

    /// <summary>What is shown of each phase, and the number by which a reader may sort.</summary>
    public static readonly (string Title, Func<WatchPhase, double?> Number, Func<WatchPhase, string> Cell)[] Columns =
    [
        ("time", phase => phase.EndSeconds - phase.StartSeconds, phase => (phase.EndSeconds - phase.StartSeconds).ToString("0.00 s", CultureInfo.InvariantCulture)),
        ("peak", phase => phase.Peak.RssBytes, phase => phase.Peak.RssBytes is { } peak ? Words.Bytes(peak) : "?"),
        ("memory", phase => phase.Delta.PssBytes ?? phase.Delta.RssBytes, phase => Change(phase.Delta.PssBytes ?? phase.Delta.RssBytes, Words.SignedBytes)),
        ("fds", phase => phase.Delta.Fds, phase => Change(phase.Delta.Fds, Signed)),
        ("threads", phase => phase.Delta.Threads, phase => Change(phase.Delta.Threads, Signed)),
        ("children", phase => phase.Delta.Children, phase => Change(phase.Delta.Children, Signed)),
    ];

    public static void Write(TextPage page, IReadOnlyList<WatchPhase> phases, bool all)
    {
        WatchPhase[] shown = [.. Shown(phases, all)];
        if (phases.Count == 0)
        {
            return;
        }

        page.Line();
        page.Line(Ink.Strong, "Phases");
        string[][] cells = [[.. Columns.Select(column => column.Title)], .. shown.Select(phase => (string[])[.. Columns.Select(column => column.Cell(phase))])];
        int[] widths = [.. Enumerable.Range(0, Columns.Length).Select(column => cells.Max(row => row[column].Length))];
        for (int row = 0; row < cells.Length; row++)
        {
            string line = "  " + string.Join("  ", cells[row].Select((cell, column) => cell.PadLeft(widths[column])));
            if (row == 0)
            {
                page.Line(Ink.Faint, line + "  phase");
                continue;
            }

            WatchPhase phase = shown[row - 1];
            string left = phase.Left.IsEmpty ? "" : $"  left {string.Join(", ", phase.Left.Take(3).Select(Left))}{(phase.Left.Length > 3 ? " and more" : "")}";
            string sign = phase.Leaks ? page.Paint(Ink.Bad, "LEAKS  ") : "";
            page.Line($"{line}  {sign}{Words.Name(phase.Name)}{page.Paint(Ink.Faint, left)}");
        }

        if (shown.Length < phases.Count)
        {
            page.Line(Ink.Faint, $"  {phases.Count - shown.Length} {(phases.All(phase => phase.ReturnedToBaseline is null) ? "more phases" : "phases that came back to their start")} are not shown (--verbose)");
        }
    }

    /// <summary>All of a short run; of a long one those that left something, and those with the highest peaks.</summary>
    private static IEnumerable<WatchPhase> Shown(IReadOnlyList<WatchPhase> phases, bool all)
    {
        if (all || phases.Count <= MostShown)
        {
            return phases;
        }

        HashSet<WatchPhase> highest = [.. phases.OrderByDescending(phase => phase.Peak.RssBytes).Take(HighestShown)];
        WatchPhase[] left = [.. phases.Where(phase => phase.Leaks || phase.ReturnedToBaseline == false).Take(MostShown)];
        return phases.Where(phase => highest.Contains(phase) || left.Contains(phase));
    }

    /// <summary>Something that a phase left, in words.</summary>
    public static string Left(LeftItem left) =>
        left.Metric == "memoryBytes" ? $"{Words.Bytes(left.Amount)} of memory" : $"{Words.Count(left.Amount)} × {Words.Name(left.Name)}";

    private static string Change(long? number, Func<double, string> show) => number switch
    {
        null => "?",
        0 => "0",
        { } change => show(change),
    };

    private static string Signed(double number) => number.ToString("+#,0;-#,0", CultureInfo.InvariantCulture);
}
