namespace Limpet.Cli.Hunting.Drivers;

/// <summary>A reason for which operations failed, and how often.</summary>
internal sealed record FailureCount(string Reason, long Count);
