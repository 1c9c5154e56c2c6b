using System.Collections.Immutable;
using System.Globalization;
using Limpet.Cli.Commands;
using Limpet.Cli.Hunting;
using Limpet.Cli.Watching.Judging;
using Limpet.Cli.Watching.Options;
using Limpet.Reporting.Text;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Watching;

/// <summary>The line that a watch ends with: the command to run next. It is what the user typed, with what is to change; what only the user can change the note says.</summary>
internal static class NextWatchText
{
    private const string ReportFile = "watch.html";
    private const string OneModule = "--max-parallel-test-modules";

    /// <param name="options">What was watched.</param>
    /// <param name="result">What it came to.</param>
    /// <param name="facts">How the run went.</param>
    /// <param name="programsOverlap">Whether several programs ran tests at the same time.</param>
    public static NextCommand Of(WatchOptions options, WatchResult result, RunFacts facts, bool programsOverlap)
    {
        if (options.Pid is { } pid && !facts.Ended && result.Verdict == Verdict.Leak && ProcessReaders.DotNet.Detect(pid) is { Kind: DotNetKind.CoreClr })
        {
            return new NextCommand(string.Create(CultureInfo.InvariantCulture, $"limpet hunt --idle 5s --pid {pid}"), "what holds the objects");
        }

        TypedLine line = options.Line!;
        bool overlap = result.Phases.Any(phase => phase.ReturnedToBaseline is null);
        string? change = null;
        if (overlap && programsOverlap && OneProgramAtATime(options) is { } command)
        {
            (line, change) = (line.WithCommand(command), "one program after the other");
        }
        else if (overlap)
        {
            change = programsOverlap ? "when its programs run one after the other" : "when it runs one test at a time (xUnit: --parallel none)";
        }

        (line, string? note) = result.Verdict switch
        {
            Verdict.Leak or Verdict.Hang => (line, "again, when it is mended"),
            Verdict.NotRun => (line, options.Mark is not null ? "with a --mark that fits the output, or with the runner's option for a line a test"
                : options.MarkFile is not null ? "when a program writes marks into the file"
                : "with a shorter --mark-every"),
            Verdict.Inconclusive when overlap => (line, "again"),
            Verdict.Inconclusive => Longer(options, line, facts),
            _ when line.Has("--report") => (line, "again, after the next change"),
            _ => (line.With("--report", ReportFile), "the readings over time"),
        };
        string? gone = options.Pid is not null && facts.Ended ? $"with the id of one that runs: process {options.Pid} has ended" : null;
        return line.Next(string.Join(", ", ((string?[])[note, change, gone]).OfType<string>()), redact: !options.NoRedact);
    }

    /// <summary>What another run needs to be decided, where it was too short or too few readings were taken.</summary>
    private static (TypedLine Line, string Note) Longer(WatchOptions options, TypedLine line, RunFacts facts)
    {
        string least = string.Create(CultureInfo.InvariantCulture, $"{TimeJudge.Shortest.TotalSeconds:0} s");
        if (facts.Duration >= TimeJudge.Shortest || options.WantsMarks)
        {
            return (line, "again, when the machine is less busy");
        }

        if (options.For < TimeJudge.Shortest && !facts.Ended)
        {
            return (line.With("--for", DurationText.Format(2 * TimeJudge.Shortest)), $"it takes {least} to judge growth over time");
        }

        return (line, facts.Interrupted ? $"for {least} at least"
            : options.Pid is null ? $"with a program that runs for {least} at least, or with --mark or --mark-file for its phases"
            : $"for {least} at least, or with --mark-file for its phases");
    }

    /// <summary>The command that was watched, told to run one program after the other; null where nobody can say how.</summary>
    private static ImmutableArray<string>? OneProgramAtATime(WatchOptions options)
    {
        ImmutableArray<string> command = options.Command;
        return options.Mark?.Text switch
        {
            "dotnet-test" when command is [var dotnet, "test", ..] && Path.GetFileName(dotnet) == "dotnet" && !command.Contains(OneModule) => [.. command[..2], OneModule, "1", .. command[2..]],
            "pytest" when Path.GetFileName(command[0]) == "pytest" || command is [_, "-m", "pytest", ..] => command.AddRange("-n", "0"), // the last one counts
            _ => null,
        };
    }
}
