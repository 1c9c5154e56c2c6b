using Limpet.Capture.Live;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Makes a finding of a deadline that passed, with the stacks of that moment.</summary>
internal static class HangFindings
{
    public static Finding Of(string subject, string fact, LiveTarget? live) => new()
    {
        Kind = FindingKind.Hang,
        Subject = subject,
        Signature = "hang:" + subject,
        Confidence = fact,
        Stacks = live?.CaptureStacks() ?? [],
    };
}
