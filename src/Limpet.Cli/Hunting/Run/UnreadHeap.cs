using Limpet.Results;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Refuses a round whose heap was not read: what is missing, and what only that holds, looks like what was given back.</summary>
internal static class UnreadHeap
{
    /// <summary>Less is told as a warning. The rounds vary by as much themselves.</summary>
    private const double Most = 0.01;

    /// <param name="share">The part of the heap that could not be read, from 0 to 1; all of it where objects were being moved.</param>
    /// <param name="reason">Why it could not.</param>
    /// <exception cref="LimpetException">It is too much.</exception>
    public static void Refuse(double share, string? reason)
    {
        if (share > Most)
        {
            throw new LimpetException(
                Trouble.NotRun,
                FormattableString.Invariant($"The heap could not be read, twice in turn: {reason}. {100 * share:0.#} % of it is not known; a round counts where at most {100 * Most:0} % is not. Next: hunt again while the target has less to do by itself."));
        }
    }
}
