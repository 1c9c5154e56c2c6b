namespace Limpet.Results;

/// <summary>A part of the resident memory of a process.</summary>
/// <param name="Use">What it is used for.</param>
/// <param name="Bytes">Resident bytes.</param>
/// <param name="Detail">More of it, such as how many stacks; null where there is no more to say.</param>
/// <param name="NextStep">What to do about a large part; null for one that is not large.</param>
public sealed record MemoryRow(MemoryUse Use, ByteSize Bytes, string? Detail, string? NextStep);
