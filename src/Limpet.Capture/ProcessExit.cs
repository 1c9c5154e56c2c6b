namespace Limpet.Capture;

/// <summary>How a process ended.</summary>
/// <param name="Code">Exit code; 128 + signal when a signal ended it; null when the system did not keep it: whoever started this process has it ignore SIGCHLD.</param>
/// <param name="Signal">The signal that ended it; null when it exited by itself.</param>
public sealed record ProcessExit(int? Code, int? Signal);
