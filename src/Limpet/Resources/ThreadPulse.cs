namespace Limpet.Resources;

/// <summary>A thread of the operating system.</summary>
/// <param name="Name">Its name, at most 15 bytes; chosen by the target: escape before showing.</param>
/// <param name="StartTime">Start time in clock ticks since boot.</param>
public sealed record ThreadPulse(string Name, long StartTime);
