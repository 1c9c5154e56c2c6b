using System.Globalization;
using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Html;

/// <summary>What the page of a watch has below its verdict.</summary>
internal static class HtmlWatch
{
    public static void Write(HtmlPage page, WatchResult watch)
    {
        HtmlFinding.Write(page, watch, _ => null);
        HtmlNotes.Warnings(page, watch);
        HtmlNotes.Budgets(page, watch);
        Projections(page, watch);
        WatchCharts.Write(page, watch);
        Phases(page, watch);
        DotNet(page, watch);
        Processes(page, watch);
        Monitor(page, watch);
    }

    private static void Projections(HtmlPage page, WatchResult watch) => HtmlTable.Write(
        page,
        "Way to the limits",
        ["limit", "value", "used", "reached in about"],
        watch.Projections.Select(projection => ((string?)null, (HtmlCell[])
        [
            new(ProjectionWords.Name(projection)),
            HtmlCell.Of(projection.LimitValue, ProjectionWords.Amount(projection, projection.LimitValue)),
            HtmlCell.Of(projection.Used, ProjectionWords.Amount(projection, projection.Used)),
            HtmlCell.Of(projection.InSeconds, ProjectionWords.When(projection)),
        ])));

    private static void Phases(HtmlPage page, WatchResult watch) => HtmlTable.Write(
        page,
        "Phases, and what each left",
        ["phase", .. PhaseTable.Columns.Select(column => column.Title), "left behind"],
        watch.Phases.Select(phase => (phase.Leaks ? "leaks" : null, (HtmlCell[])
        [
            new(Words.Name(phase.Name), "name"),
            .. PhaseTable.Columns.Select(column => HtmlCell.Of(column.Number(phase), column.Cell(phase))),
            new(string.Join(", ", phase.Left.Select(PhaseTable.Left))),
        ])));

    private static void DotNet(HtmlPage page, WatchResult watch)
    {
        if (watch.Processes.Any(process => process.DotNet is not null))
        {
            using (page.In("section"))
            {
                page.Lines("stack", text => DotNetText.Write(text, watch.Processes, verbose: true));
            }
        }
    }

    private static void Processes(HtmlPage page, WatchResult watch)
    {
        HtmlTable.Write(
            page,
            "Processes",
            ["pid", "command", "from", "to", "exit code", "peak", "descriptors", "threads", "processor"],
            watch.Processes.Select(process => (process.Orphan ? "leaks" : null, (HtmlCell[])
            [
                HtmlCell.Of(process.Pid, process.Pid.ToString(CultureInfo.InvariantCulture)),
                new(Words.Name(string.Join(' ', process.Command)), "cmd"),
                HtmlCell.Of(process.StartSeconds, Seconds(process.StartSeconds)),
                HtmlCell.Of(process.EndSeconds, process.EndSeconds is { } end ? Seconds(end) : process.Orphan ? "left running" : "still runs"),
                HtmlCell.Of(process.ExitCode, process.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? ""),
                HtmlCell.Of(process.Peak.RssBytes, process.Peak.RssBytes is { } rss ? Words.Bytes(rss) : "?"),
                HtmlCell.Of(process.Peak.Fds, Words.Known(process.Peak.Fds)),
                HtmlCell.Of(process.Peak.Threads, Words.Known(process.Peak.Threads)),
                HtmlCell.Of(process.CpuSeconds, Seconds(process.CpuSeconds)),
            ])));
        if (watch.OmittedProcesses > 0)
        {
            page.Tag("p", "faint", $"{Words.Count(watch.OmittedProcesses)} more that took less are left out.");
        }
    }

    private static void Monitor(HtmlPage page, WatchResult watch)
    {
        MonitorFigures monitor = watch.Monitor;
        using (page.In("section"))
        {
            page.Tag("h2", null, "How well it was watched");
            HtmlTable.Facts(page, Known(
            [
                ("readings", Words.Count(monitor.Samples)),
                ("missed", Words.Count(monitor.MissedSamples)),
                ("gaps", monitor.Gaps == 0 ? "none" : $"{Words.Count(monitor.Gaps)}, the longest {Seconds(monitor.LongestGapSeconds)}"),
                ("refused", Words.Count(monitor.RefusedReadings)),
                ("lines read", monitor.LinesRead is { } lines ? Words.Count(lines) : null),
                ("marks", monitor.Marks is { } marks ? $"{Words.Count(marks)}, {Words.Count(monitor.LateMarks ?? 0)} of them read late" : null),
                ("orphans reaped", Words.Count(monitor.ReapedOrphans)),
                ("cost", string.Create(CultureInfo.InvariantCulture, $"{monitor.CpuSeconds:0.00} s of processor time, {ReportWords.CoreShare(watch):0.0 %} of a core")),
            ]));
        }
    }

    private static IEnumerable<(string What, string Value)> Known(IEnumerable<(string What, string? Value)> facts) =>
        facts.Where(fact => fact.Value is not null).Select(fact => (fact.What, fact.Value!));

    /// <summary>A process that was there when the watching began may have started a moment before: that is no negative zero.</summary>
    private static string Seconds(double seconds) => (Math.Abs(seconds) < 0.05 ? 0 : seconds).ToString("0.0 s", CultureInfo.InvariantCulture);
}
