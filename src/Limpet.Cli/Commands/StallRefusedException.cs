using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>A way to a heap would stop the process for longer than the user allows: another one may not.</summary>
internal sealed class StallRefusedException(string message) : Exception(message)
{
    /// <summary>Whether that is why a way was not taken.</summary>
    public static bool Explains(LimpetException refusal) => refusal.InnerException is StallRefusedException;

    /// <summary>The error for a user.</summary>
    public LimpetException Refusal => new(Trouble.Refused, Message, this);
}
