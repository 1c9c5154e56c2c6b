using Limpet.Results;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Refuses a round whose heap was not read: what is missing, and what only that holds, looks like what was given back.</summary>
internal static class UnreadHeap
{
    /// <summary>Less is told as a warning. The rounds vary by as much themselves.</summary>
    private const double Most = 0.01;

    /// <param name="share">The part of the heap that could not be read, from 0 to 1.</param>
    /// <param name="reason">Why it could not.</param>
    /// <exception cref="LimpetException">It is too much.</exception>
    public static void Refuse(double share, string? reason)
    {
        if (share > Most)
        {
            throw new LimpetException(
                Trouble.NotRun,
                FormattableString.Invariant($"The heap could not be read, twice in turn: {reason}. A round counts where at most {100 * Most:0} % of it is missing. Next: fewer operations at the same time, or less work of the target between them."));
        }
    }
}
