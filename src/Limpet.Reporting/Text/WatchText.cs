using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Writes the result of a watch for a terminal: the verdict first, then what was found, then the readings.</summary>
public static class WatchText
{
    private const string Margin = "   ";

    /// <summary>The whole report.</summary>
    /// <param name="result">The result.</param>
    /// <param name="verbose">Whether all phases, the processes and the environment are shown.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(WatchResult result, bool verbose = false, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        TextPage page = new(colors);
        page.Line($"{page.Paint(VerdictInk.Of(result.Verdict), result.Verdict.ToString())}: {Words.Sentence(result.Reason)}");
        page.Line(Ink.Faint, Work(result));
        foreach (Finding finding in result.Findings)
        {
            page.Line();
            Write(page, finding);
        }

        PhaseTable.Write(page, result.Phases, verbose);
        DotNetText.Write(page, result.Processes, verbose);
        page.List(Ink.Strong, "Limits", result.Projections.Select(ProjectionWords.Of));
        page.List(Ink.Strong, "Budgets", result.Budgets.Select(budget => BudgetWords.Line(page, budget)));
        if (verbose)
        {
            page.List(Ink.Strong, "Processes", result.Processes.Select(Process));
            page.List(Ink.Strong, "Environment", result.Environment.Select(fact => $"{Words.Name(fact.Key)}: {Words.Name(fact.Value)}"));
        }

        EnvelopeText.WriteNotes(page, verbose ? result : result with { BlindSpots = [] });
        page.Line();
        page.Line(Ink.Faint, Cost(result));
        return page.ToString();
    }

    /// <summary>One finding.</summary>
    internal static void Write(TextPage page, Finding finding)
    {
        Ink ink = VerdictInk.Of(finding);
        page.Line($"{page.Paint(ink, finding.Kind.ToString())}  {page.Paint(Ink.Strong, Words.Name(finding.Subject))}  {string.Join(", ", ((string?[])[Numbers(finding), FindingFacts.Status(finding)]).Where(part => !string.IsNullOrEmpty(part)))}");
        page.Line($"{Margin}{page.Paint(Ink.Faint, "why:")} {Words.Sentence(finding.Confidence)}");
        TraceText.Hint(page, finding.Hint);
        if (Parts(finding) is { } parts)
        {
            page.Line($"{Margin}{page.Paint(Ink.Faint, "of it:")} {parts}");
        }
    }

    /// <summary>Such as <c>10 left, +3.33 per phase</c>; may be empty.</summary>
    internal static string Numbers(Finding finding)
    {
        string? left = finding.Retained switch
        {
            { Count: { } count } => $"{Words.Count(count)} left",
            { Bytes: { } bytes } => $"{Words.Bytes(bytes)} at the end",
            _ => null,
        };
        return string.Join(", ", ((string?[])[left, Rate(finding.PerOperation, "phase") ?? Rate(finding.PerSecond, "second")]).OfType<string>());
    }

    /// <summary>What a finding is made of; null where it is one thing.</summary>
    internal static string? Parts(Finding finding) => finding.Related.IsEmpty
        ? null
        : string.Join(", ", finding.Related.Select(part => $"{Words.Name(part.Detail ?? part.Metric)} {Words.Rate(part.PerOperation ?? 0)} per phase"));

    private static string? Rate(Amount? rate, string per) =>
        rate?.Count is { } count ? $"{Words.Rate(count)} per {per}"
        : rate?.Bytes is { } bytes ? $"{Words.SignedBytes(bytes)} per {per}"
        : null;

    /// <summary>What was watched, for how long, and its peak.</summary>
    internal static string Work(WatchResult result)
    {
        string target = result.Target is { } looked ? EnvelopeText.Target(looked) : "nothing";
        WatchedProcess? root = result.Processes.FirstOrDefault(process => process.Pid == result.Target?.Pid);
        string end = root?.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $", which ended with exit code {code}") : "";
        string phases = result.Phases.IsEmpty ? "" : $"{Words.Many(result.Phases.Length, "phase")} in ";
        int processes = result.Processes.Length + result.OmittedProcesses;
        string seconds = result.DurationSeconds.ToString("0.0 s", CultureInfo.InvariantCulture);
        return $"{phases}{seconds} on {target}{end}; {processes} process{(processes == 1 ? "" : "es")}; peak {Peak(result.Peak)}";
    }

    private static string Peak(TreeFigures peak)
    {
        string memory = peak.RssBytes is { } rss ? Words.Bytes(rss) : "?";
        string shared = peak.PssBytes is { } pss ? $" ({Words.Bytes(pss)} with shared pages once)" : "";
        return $"{memory} resident{shared}, {Some(peak.Fds, "descriptor", "descriptors")}, {Some(peak.Threads, "thread", "threads")}, {Some(peak.Children, "child", "children")}";

        static string Some(long? count, string one, string many) => $"{Words.Known(count)} {(count == 1 ? one : many)}";
    }

    private static string Process(WatchedProcess process)
    {
        string end = process.EndSeconds is { } seconds ? seconds.ToString("0.0 s", CultureInfo.InvariantCulture) : "the end";
        string code = process.ExitCode is { } exit ? string.Create(CultureInfo.InvariantCulture, $", exit code {exit}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{process.Pid}: {process.StartSeconds:0.0} s to {end}{code}, {Peak(process.Peak)}, {process.CpuSeconds:0.0} s of processor time: {Words.Name(string.Join(' ', process.Command))}");
    }

    private static string Cost(WatchResult result)
    {
        MonitorFigures monitor = result.Monitor;
        string gaps = monitor.Gaps == 0 ? "no gaps" : $"{Words.Many(monitor.Gaps, "gap")}, {Words.Many(monitor.MissedSamples, "reading")} missed";
        string marks = monitor.Marks is { } seen ? $", {Words.Many(seen, "mark")} in {Words.Many(monitor.LinesRead ?? 0, "line")}{(monitor.LateMarks > 0 ? $" ({monitor.LateMarks} read late)" : "")}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"watched with {Words.Many(monitor.Samples, "reading")}{marks}, {gaps}; limpet took {monitor.CpuSeconds:0.00} s of processor time ({ReportWords.CoreShare(result):0.0 %} of a core)");
    }
}
