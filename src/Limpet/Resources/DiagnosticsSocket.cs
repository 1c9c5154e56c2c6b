using Limpet.Results;

namespace Limpet.Resources;

/// <summary>The socket on which a .NET runtime answers diagnostics requests.</summary>
/// <param name="Path">Where it is, as this process reaches it; null when that cannot be known.</param>
/// <param name="State">Whether it can be used.</param>
/// <param name="Detail">What was seen, for messages; null when it is ready.</param>
public sealed record DiagnosticsSocket(string? Path, DiagnosticsSocketState State, string? Detail)
{
    /// <summary>Whether it can be connected to.</summary>
    public bool IsReady => State == DiagnosticsSocketState.Ready;

    /// <summary>The path of a socket that is ready.</summary>
    /// <exception cref="LimpetException">It is not ready; the message says why and what to do.</exception>
    public string RequireReady(int pid) => State switch
    {
        DiagnosticsSocketState.Ready => Path!,
        DiagnosticsSocketState.SwitchedOff => throw new LimpetException(
            Trouble.Refused, $"Process {pid} was started with diagnostics switched off ({Detail}). Start it without that setting."),
        DiagnosticsSocketState.Foreign => throw new LimpetException(
            Trouble.Refused, $"The diagnostics socket of process {pid} is not its own: {Detail}. It is not connected to; remove {Path} and start the process again."),
        DiagnosticsSocketState.Absent => throw new LimpetException(
            Trouble.Refused, $"Process {pid} has no diagnostics socket: {Detail}. Start it with a TMPDIR that it can write to and that outlives it."),
        _ => throw new LimpetException(Trouble.Refused, $"The diagnostics socket of process {pid} cannot be found: {Detail}"),
    };
}
