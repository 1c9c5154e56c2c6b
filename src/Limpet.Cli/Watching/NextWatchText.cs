using Limpet.Cli.Hunting;
using Limpet.Cli.Watching.Options;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching;

/// <summary>The line that a watch ends with: the command to run next.</summary>
internal static class NextWatchText
{
    public static string Write(WatchOptions options, WatchResult result)
    {
        if (options.Pid is { } pid && ProcessReaders.DotNet.Detect(pid) is { Kind: DotNetKind.CoreClr } && result.Verdict == Verdict.Leak)
        {
            return $"next: limpet hunt --idle 5s --pid {pid}   (what holds the objects)\n";
        }

        string again = options.Pid is { } same ? $"limpet watch --pid {same}" : $"limpet watch{Mark(options)} -- {string.Join(' ', Redaction.CommandLine(options.Command).Select(ShellWords.Typed))}";
        return result.Verdict switch
        {
            Verdict.Leak or Verdict.Hang => $"next: {again}   (again, when it is mended)\n",
            Verdict.NotRun => $"next: {again.Replace("limpet watch", "limpet watch --verbose", StringComparison.Ordinal)}   (with the output and a --mark that fits it)\n",
            Verdict.Inconclusive => $"next: {again}   (for longer, or with --mark for its phases)\n",
            _ => $"next: {again.Replace("limpet watch", "limpet watch --json watch.json", StringComparison.Ordinal)}   (the readings as data)\n",
        };
    }

    private static string Mark(WatchOptions options) => options.Mark is { } mark ? $" --mark {ShellWords.Typed(mark.Text)}" : "";
}
