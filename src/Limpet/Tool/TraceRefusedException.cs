namespace Limpet.Tool;

/// <summary>The system does not let the tool read this process: its own runtime may still be asked.</summary>
internal sealed class TraceRefusedException(string message) : Exception(message);
