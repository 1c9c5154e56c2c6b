using System.Collections.Immutable;
using System.Globalization;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Reporting.Html;

/// <summary>The courses of a watched tree and of its processes that took most, with the phases behind them.</summary>
internal static class WatchCharts
{
    private const int MostProcesses = 7;
    private const int LongestCommand = 40;

    private static readonly (string Metric, string Title, ChartUnit Unit)[] Metrics =
    [
        ("rssBytes", "Resident memory", ChartUnit.Bytes),
        ("fds", "Descriptors", ChartUnit.Count),
        ("threads", "Threads", ChartUnit.Count),
        ("children", "Children", ChartUnit.Count),
    ];

    public static void Write(HtmlPage page, WatchResult watch)
    {
        if (watch.Series.IsEmpty)
        {
            return;
        }

        ChartSpan[] phases = [.. watch.Phases.Select(phase => new ChartSpan(phase.StartSeconds, phase.EndSeconds, phase.Name, phase.Leaks ? "leaks" : "phase"))];
        using (page.In("section"))
        {
            page.Tag("h2", null, "Over time");
            page.Tag("p", "faint", (phases.Length > 0 ? "A vertical line is the beginning of a phase; phases that leak are shaded. " : "") + "A process has a line of its own from its fifth second on.");

            foreach ((string metric, string title, ChartUnit unit) in Metrics)
            {
                ChartLine[] lines = [.. Lines(watch, metric)];
                if (lines.Any(line => line.Points.Any(point => point.High > 0)))
                {
                    ChartDrawing.Write(page, new Chart(title, unit, ChartUnit.Seconds, lines) { Spans = phases });
                }
            }
        }
    }

    private static IEnumerable<ChartLine> Lines(WatchResult watch, string metric)
    {
        WatchedProcess[] processes = [.. watch.Processes.Where(process => process.Series.ContainsKey(metric)).OrderByDescending(process => process.Peak.RssBytes).Take(MostProcesses)];
        if (watch.Series.TryGetValue(metric, out ImmutableArray<SeriesPoint> tree))
        {
            yield return new ChartLine("all processes", Points(tree));
        }

        // A process that is alone in its tree is the tree.
        foreach (WatchedProcess process in watch.Processes.Length + watch.OmittedProcesses > 1 ? processes : [])
        {
            string command = string.Join(' ', process.Command.Select((word, place) => place == 0 ? Path.GetFileName(word) : word));
            yield return new ChartLine(string.Create(CultureInfo.InvariantCulture, $"{process.Pid} {Escaping.Show(command, LongestCommand)}"), Points(process.Series[metric]));
        }
    }

    private static ChartPoint[] Points(IEnumerable<SeriesPoint> points) => [.. points.Select(point => new ChartPoint(point.AtSeconds, point.Last, point.Min, point.Max))];
}
