using System.CommandLine;
using Limpet.Capture.Files;
using Limpet.Cli.Baselines;
using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>The options of commands with a verdict: reports for other programs, and known leaks.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string> junit = new("--junit") { HelpName = "FILE", Description = "Write a JUnit report: a test case for the run, each phase, finding and budget" };
    private readonly Option<string> sarif = new("--sarif") { HelpName = "FILE", Description = "Write a SARIF report" };
    private readonly Option<string> baseline = new("--baseline") { HelpName = "FILE", Description = "Known leaks, which do not fail the run" };
    private readonly Option<bool> update = new("--update-baseline") { Description = "Write what was found into the baseline" };

    public ReportOptions(Command command)
    {
        command.Add(junit);
        command.Add(sarif);
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

        foreach (string path in new[] { line.GetValue(junit), line.GetValue(sarif), updates ? file : null }.OfType<string>())
        {
            PrivateFile.Check(path);
        }

        Baseline? known = file is null ? null : updates && !File.Exists(file) ? new Baseline() : Baseline.Read(file);
        return new ReportFiles(line.GetValue(junit), line.GetValue(sarif), known, updates ? file : null);
    }
}
