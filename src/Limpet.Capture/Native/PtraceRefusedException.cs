namespace Limpet.Capture.Native;

/// <summary>Marks an error as a refusal to trace: there are other ways to a heap.</summary>
internal sealed class PtraceRefusedException(string message) : Exception(message);
