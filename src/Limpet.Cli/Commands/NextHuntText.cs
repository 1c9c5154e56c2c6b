using Limpet.Cli.Hunting;
using Limpet.Reporting.Text;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>The line that a hunt ends with: the command to run next, as it can be typed.</summary>
internal static class NextHuntText
{
    /// <param name="options">The hunt that was run.</param>
    /// <param name="result">What it came to.</param>
    /// <param name="targetEnded">Whether the target ended by itself.</param>
    /// <param name="interrupted">Whether somebody stopped the hunt.</param>
    public static NextCommand Of(HuntOptions options, HuntResult result, bool targetEnded, bool interrupted)
    {
        if (options.Pid is { } pid)
        {
            if (targetEnded || ProcessReaders.DotNet.Detect(pid) is null)
            {
                return new NextCommand("limpet ps", $"process {pid} has ended; this lists the others");
            }

            // Only a process that was attached to is still there to be asked: for the type at the end of the way, since a subject may be what lies in it or what it holds.
            TraceElement? last = result.Findings.Select(finding => finding.Holder?.Path.LastOrDefault()).FirstOrDefault(element => element is not null);
            if (result.Verdict == Verdict.Leak && last is not null)
            {
                return new NextCommand($"limpet why {pid} {ShellWords.Typed(last.FullType ?? last.Type)}", null);
            }
        }

        TypedLine line = options.Line!;
        string? note = null;
        switch (result.Verdict)
        {
            case var _ when interrupted:
                note = "again, from the beginning";
                break;
            case Verdict.Leak or Verdict.Hang:
                note = "again, when it is mended";
                break;
            case Verdict.NotRun:
            case Verdict.Inconclusive when targetEnded:
                line = line.With("--verbose");
                note = "with what the target writes";
                break;
            case Verdict.Inconclusive:
                line = line.With("--verbose").With("--budget", DurationText.Format(options.Budget * 2));
                break;
            default:
                line = line.With("--budget", DurationText.Format(options.Budget * 4));
                note = $"a longer look: slow leaks and caps above {result.Operations.Done} operations are not excluded";
                break;
        }

        return line.Next(note, redact: !options.NoRedact);
    }
}
