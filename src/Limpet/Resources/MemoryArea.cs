namespace Limpet.Resources;

/// <summary>One mapping of a process that holds memory of its own.</summary>
/// <param name="Start">Its first address.</param>
/// <param name="End">The address behind its last.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="PrivateBytes">Resident bytes that no other process shares.</param>
public sealed record MemoryArea(ulong Start, ulong End, MemoryAreaKind Kind, long PrivateBytes);
