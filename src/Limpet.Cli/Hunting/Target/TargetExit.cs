using System.Collections.Immutable;
using System.Globalization;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Target;

/// <summary>How a target ended.</summary>
/// <param name="ExitCode">Its exit code, 128 and the signal when one ended it; null when only its parent can see it.</param>
/// <param name="LastLines">The last lines that it wrote, raw.</param>
internal sealed record TargetExit(int? ExitCode, ImmutableArray<OutputLine> LastLines)
{
    /// <summary>Lines that are shown of the output, and of the errors.</summary>
    private const int Shown = 10;

    private static readonly Dictionary<int, string> Signals = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE",
        [9] = "SIGKILL", [11] = "SIGSEGV", [13] = "SIGPIPE", [15] = "SIGTERM", [24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
    };

    /// <summary>Name of the signal that ended it; null when it exited by itself or that cannot be seen.</summary>
    public string? Signal => ExitCode is > 128 and < 192 ? Signals.GetValueOrDefault(ExitCode.Value - 128, "signal " + (ExitCode.Value - 128).ToString(CultureInfo.InvariantCulture)) : null;

    /// <summary>The fact, as the end of a sentence about the target.</summary>
    public string Fact =>
        (ExitCode is null ? "ended (its exit code is only known to its parent)"
            : Signal is { } signal ? string.Create(CultureInfo.InvariantCulture, $"was ended by {signal} (exit code {ExitCode})")
            : string.Create(CultureInfo.InvariantCulture, $"exited with code {ExitCode}"))
        + (LastLines.IsEmpty && ExitCode is not null ? " and wrote nothing" : "");

    /// <summary>The last line, raw: of the errors where there are any. Null when it wrote nothing.</summary>
    public string? LastWord => LastLines.IsEmpty ? null : LastLines.LastOrDefault(line => line.IsError, LastLines[^1]).Text;

    /// <summary>The last lines, safe to show.</summary>
    public IEnumerable<string> LinesToShow(bool redact = true) =>
        LastLines.Where((line, place) => LastLines.Skip(place).Count(later => later.IsError == line.IsError) <= Shown)
            .Select(line => Escaping.Show(redact ? Redaction.Text(line.Text) : line.Text));

    /// <summary>The fact, and the last lines below it, safe to show.</summary>
    public string Describe(bool redact = true) =>
        LastLines.IsEmpty ? Fact : $"{Fact}; its last output:{string.Concat(LinesToShow(redact).Select(line => "\n    " + line))}";
}
