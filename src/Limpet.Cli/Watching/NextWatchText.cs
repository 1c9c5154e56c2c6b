using Limpet.Cli.Hunting;
using Limpet.Cli.Watching.Options;
using Limpet.Reporting.Text;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching;

/// <summary>The line that a watch ends with: the command to run next.</summary>
internal static class NextWatchText
{
    public static NextCommand Of(WatchOptions options, WatchResult result)
    {
        if (options.Pid is { } pid && ProcessReaders.DotNet.Detect(pid) is { Kind: DotNetKind.CoreClr } && result.Verdict == Verdict.Leak)
        {
            return new NextCommand($"limpet hunt --idle 5s --pid {pid}", "what holds the objects");
        }

        string again = options.Pid is { } same ? $"limpet watch --pid {same}" : $"limpet watch{Mark(options)} -- {string.Join(' ', Redaction.CommandLine(options.Command).Select(ShellWords.Typed))}";
        return result.Verdict switch
        {
            Verdict.Leak or Verdict.Hang => new NextCommand(again, "again, when it is mended"),
            Verdict.NotRun => new NextCommand(again.Replace("limpet watch", "limpet watch --verbose", StringComparison.Ordinal), "with the output and a --mark that fits it"),
            Verdict.Inconclusive => new NextCommand(again, "for longer, or with --mark for its phases"),
            _ => new NextCommand(again.Replace("limpet watch", "limpet watch --report watch.html", StringComparison.Ordinal), "the readings over time"),
        };
    }

    private static string Mark(WatchOptions options) => options.Mark is { } mark ? $" --mark {ShellWords.Typed(mark.Text)}" : "";
}
