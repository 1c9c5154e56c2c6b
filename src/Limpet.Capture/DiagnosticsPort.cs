using System.Net.Sockets;
using Limpet.Results;
using Microsoft.Diagnostics.NETCore.Client;

namespace Limpet.Capture;

/// <summary>What becomes of a request to the diagnostics port of another process: it may be switched off, be another user's, answer nonsense, or end in the middle.</summary>
internal static class DiagnosticsPort
{
    /// <summary>Whether an exception is the port's doing or the other process's, and no mistake of this one.</summary>
    public static bool IsTransport(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception is DiagnosticsClientException or IOException or TimeoutException or UnauthorizedAccessException or SocketException;
    }

    /// <summary>The error for a user.</summary>
    /// <param name="fact">What the process did not do, such as <c>Process 42 cannot be made to collect</c>.</param>
    /// <param name="exception">One that <see cref="IsTransport"/> knows.</param>
    public static LimpetException Refused(string fact, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new LimpetException(Trouble.Refused, $"{fact}: {exception.Message.TrimEnd('.')}. Run limpet as the same user, with DOTNET_EnableDiagnostics not 0 in the process, or with CAP_SYS_PTRACE.", exception);
    }
}
