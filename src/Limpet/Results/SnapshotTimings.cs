namespace Limpet.Results;

/// <summary>Where the time of a snapshot went.</summary>
/// <param name="Attach">Attaching and warming up, while the target runs.</param>
/// <param name="Stall">How long the target stood still.</param>
/// <param name="Total">The whole command.</param>
public sealed record SnapshotTimings(TimeSpan Attach, TimeSpan Stall, TimeSpan Total);
