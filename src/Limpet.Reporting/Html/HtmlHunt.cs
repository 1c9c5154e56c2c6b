using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Html;

/// <summary>What the page of a hunt has below its verdict.</summary>
internal static class HtmlHunt
{
    private static readonly (string Metric, string Title, ChartUnit Unit)[] Metrics =
    [
        ("objects", "Reachable objects", ChartUnit.Count),
        ("managedBytes", "Managed bytes", ChartUnit.Bytes),
        ("fds", "Descriptors", ChartUnit.Count),
        ("threads", "Threads", ChartUnit.Count),
        ("timers", "Active timers", ChartUnit.Count),
        ("pendingAsync", "Pending async operations", ChartUnit.Count),
        ("privateBytes", "Private memory", ChartUnit.Bytes),
        ("nativeBytes", "Native memory", ChartUnit.Bytes),
    ];

    public static void Write(HtmlPage page, HuntResult hunt)
    {
        RoundAxis axis = RoundAxis.Of(hunt.Measurements.Rounds);
        HtmlFinding.Write(page, hunt, finding => finding.Course.IsEmpty ? null : axis.Chart(
            finding.Retained is { Count: null } ? "Bytes after each round" : "Count after each round",
            finding.Retained is { Count: null } ? ChartUnit.Bytes : ChartUnit.Count,
            place => place < finding.Course.Length ? finding.Course[place] : null));
        Undecided(page, hunt, axis);
        HtmlNotes.Warnings(page, hunt);
        HtmlNotes.Budgets(page, hunt);
        Courses(page, hunt, axis);
        Rounds(page, hunt);
    }

    private static void Undecided(HtmlPage page, HuntResult hunt, RoundAxis axis)
    {
        if (hunt.Measurements.Undecided.IsEmpty)
        {
            return;
        }

        using (page.In("section"))
        {
            page.Tag("h2", null, "Undecided");
            foreach (UndecidedSeries series in hunt.Measurements.Undecided)
            {
                page.Tag("p", null, $"{Words.Name(series.Metric)}: {Words.Sentence(series.Reason)}");
                ChartUnit unit = series.Metric == "nativeBytes" || series.Metric.StartsWith("bytes of ", StringComparison.Ordinal) ? ChartUnit.Bytes : ChartUnit.Count;
                ChartDrawing.Write(page, axis.Chart("After each round", unit, place => place < series.Course.Length ? series.Course[place] : null));
            }
        }
    }

    private static void Courses(HtmlPage page, HuntResult hunt, RoundAxis axis)
    {
        (string Metric, string Title, ChartUnit Unit)[] shown = [.. Metrics.Where(metric => hunt.Measurements.Rounds.Any(round => round.Metrics.ContainsKey(metric.Metric)))];
        if (shown.Length == 0)
        {
            return;
        }

        using (page.In("section"))
        {
            page.Tag("h2", null, "Readings after each round");
            page.Tag("p", "faint", "Settled readings. The shaded stretch is the warm-up, which is not judged; a round without operations stands where the round before it does.");
            using (page.In("div", "charts"))
            {
                foreach ((string metric, string title, ChartUnit unit) in shown)
                {
                    ChartDrawing.Write(page, axis.Chart(title, unit, place => hunt.Measurements.Rounds[place].Metrics.TryGetValue(metric, out double value) ? value : null) with { Wide = false });
                }
            }
        }
    }

    private static void Rounds(HtmlPage page, HuntResult hunt)
    {
        RoundColumn[] columns = RoundTable.Shown(hunt.Measurements.Rounds);
        HtmlTable.Write(
            page,
            "Rounds",
            [.. columns.Select(column => column.Title)],
            hunt.Measurements.Rounds.Select(round => ((string?)null, columns.Select(column => column.Number is { } number ? HtmlCell.Of(number(round), column.Text(round)) : new HtmlCell(column.Text(round))).ToArray())));
        if (!hunt.Measurements.NoiseFloor.IsEmpty)
        {
            using (page.In("section"))
            {
                page.Tag("h2", null, "Noise floor");
                page.Tag("p", "faint", "The largest change between readings while nothing was driven.");
                HtmlTable.Facts(page, hunt.Measurements.NoiseFloor.Select(metric => (Words.Name(metric.Key), HuntText.Amount(metric))));
            }
        }
    }
}
