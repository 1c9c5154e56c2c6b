namespace Limpet.Capture;

/// <summary>Where the time of a capture went.</summary>
/// <param name="Attach">Attaching and warming up, before the first stop; zero for later captures of the same target.</param>
/// <param name="Stall">How long the target stood still.</param>
/// <param name="Build">From letting the target go to the whole graph.</param>
/// <param name="StopToGraph">From the moment before the first stop of the heap to the whole graph, all tries included.</param>
/// <param name="Retries">How often the target was let go again because its heap was in the middle of a change.</param>
public sealed record CaptureTimings(TimeSpan Attach, TimeSpan Stall, TimeSpan Build, TimeSpan StopToGraph, int Retries);
