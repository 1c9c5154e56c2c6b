using Limpet.Results;

namespace Limpet.Cli;

/// <summary>The exit codes of every command, and how they follow from results.</summary>
internal static class ExitCode
{
    /// <summary>No leak: clean, delayed, bounded, or known leaks only.</summary>
    public const int NoLeak = 0;

    /// <summary>A leak, a hang or a broken budget.</summary>
    public const int Leak = 1;

    /// <summary>Bad usage, unreadable input, a command that cannot be started.</summary>
    public const int BadInput = 2;

    /// <summary>The numbers do not decide, or the subject was not exercised.</summary>
    public const int Undecided = 3;

    /// <summary>
    /// A bug in limpet. It has the code of <see cref="Undecided"/>: nothing was decided, nobody's input was wrong and nobody refused
    /// anything; whatever waits for a verdict must not take it for a pass.
    /// </summary>
    public const int Bug = Undecided;

    /// <summary>The watched command itself failed and nothing else was found.</summary>
    public const int TargetFailed = 4;

    /// <summary>The system refused: permission, missing runtime part.</summary>
    public const int Refused = 5;

    /// <summary>Ctrl-C, or Ctrl-\.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>The code of a verdict; a broken budget fails the run whatever the verdict.</summary>
    public static int Of(Verdict verdict, bool budgetBroken = false) => verdict switch
    {
        Verdict.Leak or Verdict.Hang => Leak,
        _ when budgetBroken => Leak,
        Verdict.Clean or Verdict.Delayed or Verdict.Bounded => NoLeak,
        Verdict.Inconclusive or Verdict.NotRun => Undecided,
        _ => throw new InvalidOperationException($"Bug in limpet: verdict {verdict} has no exit code."),
    };

    /// <summary>The code of an error.</summary>
    public static int Of(Trouble trouble) => trouble switch
    {
        Trouble.BadInput => BadInput,
        Trouble.NotRun => Undecided,
        Trouble.Refused => Refused,
        _ => throw new InvalidOperationException($"Bug in limpet: trouble {trouble} has no exit code."),
    };
}
