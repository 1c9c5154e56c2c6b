using System.CommandLine;
using Limpet.Capture.Files;
using Limpet.Cli.Baselines;
using Limpet.Reporting.Html;
using Limpet.Reporting.JUnit;
using Limpet.Reporting.Markdown;
using Limpet.Reporting.Sarif;
using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>The options of commands with a verdict: reports for people and other programs, and known leaks.</summary>
internal sealed class ReportOptions
{
    private readonly (Option<string> Option, Func<JudgedResult, NextCommand, string> Write)[] reports =
    [
        (File("--report", "Write a report for a browser, with charts: one HTML file that loads nothing"), HtmlReport.Write),
        (File("--markdown", "Write a summary for a pull request or the summary of a job"), MarkdownReport.Write),
        (File("--junit", "Write a JUnit report: a test case for the run, each phase, finding and budget"), (result, _) => JUnitReport.Write(result)),
        (File("--sarif", "Write a SARIF report"), (result, _) => SarifReport.Write(result)),
    ];

    private readonly Option<string> baseline = File("--baseline", "Known leaks, which do not fail the run");
    private readonly Option<bool> update = new("--update-baseline") { Description = "Write what was found into the baseline" };

    public ReportOptions(Command command)
    {
        foreach ((Option<string> option, _) in reports)
        {
            command.Add(option);
        }

        command.Add(baseline);
        command.Add(update);
    }

    /// <summary>What a line wants. Fails before any work is done when a report could not be written afterwards.</summary>
    /// <exception cref="LimpetException">A file cannot be written, or the baseline cannot be read.</exception>
    public ReportFiles Read(ParseResult line)
    {
        string? file = line.GetValue(baseline);
        bool updates = line.GetValue(update);
        if (updates && file is null)
        {
            throw new LimpetException("--update-baseline needs the file to write: --baseline FILE --update-baseline");
        }

        ReportFile[] files = [.. reports.Where(report => line.GetValue(report.Option) is not null).Select(report => new ReportFile(line.GetValue(report.Option)!, report.Write))];
        foreach (string path in files.Select(one => one.Path).Concat(updates ? [file!] : Array.Empty<string>()))
        {
            PrivateFile.Check(path);
        }

        Baseline? known = file is null ? null : updates && !System.IO.File.Exists(file) ? new Baseline() : Baseline.Read(file);
        return new ReportFiles([.. files], known, updates ? file : null);
    }

    private static Option<string> File(string name, string description) => new(name) { HelpName = "FILE", Description = description };
}
