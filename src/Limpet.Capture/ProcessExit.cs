namespace Limpet.Capture;

/// <summary>How a process ended.</summary>
/// <param name="Code">Exit code; 128 + signal when a signal ended it.</param>
/// <param name="Signal">The signal that ended it; null when it exited by itself.</param>
public sealed record ProcessExit(int Code, int? Signal);
