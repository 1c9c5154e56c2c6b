using System.Globalization;
using System.Text;
using Limpet.Capture.Children;
using Limpet.Results;
using Spectre.Console.Rendering;

namespace Limpet.Cli.Watching;

/// <summary>Lays figures out in the room that a terminal has: no line is longer than the terminal is wide, and there are no more lines than it has. What has no room is left out, what matters least first.</summary>
internal static class LiveScreen
{
    /// <summary>Readings of a course that are shown at most.</summary>
    public const int MostPoints = 24;

    private const string Sparks = "▁▂▃▄▅▆▇█";
    private const int LeastCommand = 14;

    /// <summary>Columns of numbers in the order in which they stand; the rank says which goes first when there is no room.</summary>
    private static readonly (string Title, int Width, int Rank, Func<LiveProcess, string> Cell)[] Columns =
    [
        ("PID", 7, 0, process => process.Pid.ToString(CultureInfo.InvariantCulture)),
        ("RSS", 9, 1, process => process.Rss.ToString()),
        ("peak", 9, 4, process => process.Peak.ToString()),
        ("fds", 6, 2, process => process.Descriptors?.ToString(CultureInfo.InvariantCulture) ?? "?"),
        ("threads", 7, 3, process => process.Threads.ToString(CultureInfo.InvariantCulture)),
        ("cpu s", 7, 5, process => process.CpuSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
    ];

    /// <summary>The lines of the screen, from its top.</summary>
    public static IReadOnlyList<string> Lines(LiveFigures figures, TerminalSize size)
    {
        List<string> head = [Total(figures)];
        head.AddRange(figures.Budgets.Select(budget => Bar(budget.Name, budget.Share)));
        List<string> foot = [];
        if (figures.Said.Length > 0)
        {
            foot.Add(figures.Said);
        }

        foot.Add("Ctrl-C ends the watching and leaves the processes running");
        List<string> table = Table(figures.Processes, size.Columns);

        // The heading of the table, and an empty line before and after it.
        int room = Math.Max(0, size.Rows - head.Count - foot.Count - 2);
        if (table.Count > room && room > 1)
        {
            int hidden = table.Count - room + 1;
            table.RemoveRange(room - 1, hidden);
            table.Add(string.Create(CultureInfo.InvariantCulture, $"{hidden} more processes have no room here"));
        }

        return [.. ((IEnumerable<string>)[.. head, "", .. table.Take(room), "", .. foot]).Take(size.Rows).Select(line => Cut(line, size.Columns))];
    }

    /// <summary>The last readings as a line of blocks, scaled between the lowest and the highest.</summary>
    public static string Spark(IReadOnlyCollection<SeriesPoint> points, int length)
    {
        SeriesPoint[] last = [.. points.TakeLast(length)];
        if (last.Length == 0)
        {
            return "";
        }

        double low = last.Min(point => point.Last), high = last.Max(point => point.Last);
        return string.Concat(last.Select(point => Sparks[high <= low ? 0 : (int)((point.Last - low) / (high - low) * (Sparks.Length - 1))]));
    }

    private static List<string> Table(IReadOnlyCollection<LiveProcess> processes, int width)
    {
        var columns = Columns.ToList();
        int Rest() => width - columns.Sum(column => column.Width + 1);
        while (columns.Count > 2 && Rest() < LeastCommand)
        {
            columns.Remove(columns.MaxBy(column => column.Rank));
        }

        int spark = Rest() switch { >= 50 => MostPoints, >= 29 => 12, _ => 0 };
        string Row(Func<int, string> cell, string memory, string command) =>
            string.Join(' ', columns.Select((column, place) => cell(place).PadLeft(column.Width))) + " " + (spark == 0 ? "" : memory.PadRight(spark) + " ") + command;
        return
        [
            Row(place => columns[place].Title, "memory", "command"),
            .. processes.Select(process => Row(place => columns[place].Cell(process), Spark(process.Memory, spark), process.Command)),
        ];
    }

    private static string Total(LiveFigures figures)
    {
        string count = figures.Processes.Length == 1 ? "1 process" : string.Create(CultureInfo.InvariantCulture, $"{figures.Processes.Length} processes");
        string phase = figures.Phase is { } name ? $"; in {name}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{figures.At.TotalSeconds:0} s  {figures.Rss} in {count}, peak {new ByteSize(figures.Peak.RssBytes ?? 0)}{phase}");
    }

    private static string Bar(string name, double share)
    {
        const int Length = 30;
        int full = (int)Math.Clamp(share * Length, 0, Length);
        return string.Create(CultureInfo.InvariantCulture, $"{name,-12} {new string('█', full)}{new string('░', Length - full)} {share:0 %}{(share > 1 ? "  broken" : "")}");
    }

    /// <summary>A line of no more cells than there are; letters of some scripts take two.</summary>
    private static string Cut(string line, int width)
    {
        if (line.Length * 2 <= width || new Segment(line).CellCount() <= width)
        {
            return line;
        }

        StringBuilder cut = new();
        int room = width - 1;
        foreach (Rune rune in line.EnumerateRunes())
        {
            string letter = rune.ToString();
            room -= new Segment(letter).CellCount();
            if (room < 0)
            {
                break;
            }

            cut.Append(letter);
        }

        return width < 1 ? "" : cut.Append('…').ToString();
    }
}
