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
        return new LimpetException(Trouble.Refused, $"{fact}: {exception.Message.TrimEnd('.')}. {NextStep(exception)}", exception);
    }

    /// <summary>What may help against a failure of the port.</summary>
    internal static string NextStep(Exception exception) => exception switch
    {
        _ when IsForbidden(exception) || (exception.InnerException is { } inner && IsForbidden(inner)) => "Run limpet as the user of the process, or as root.",
        ServerErrorException or UnsupportedCommandException => "Run limpet again: a runtime that starts or ends refuses for a moment.",
        ServerNotAvailableException or SocketException => "Run limpet as the same user, in the same container and with the same TMPDIR as the process, whose DOTNET_EnableDiagnostics must not be 0.",
        InvalidDataException => "Run limpet where it may trace the process, or with --way dump.",
        _ => "Run limpet again: the process ended, or was too busy to answer.",
    };

    private static bool IsForbidden(Exception exception) => exception is UnauthorizedAccessException or SocketException { SocketErrorCode: SocketError.AccessDenied };
}
