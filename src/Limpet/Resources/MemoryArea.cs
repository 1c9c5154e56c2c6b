namespace Limpet.Resources;

/// <summary>One mapping of a process that has memory.</summary>
/// <param name="Start">Its first address.</param>
/// <param name="End">The address behind its last.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="PrivateBytes">Resident bytes that no other process shares.</param>
public sealed record MemoryArea(ulong Start, ulong End, MemoryAreaKind Kind, long PrivateBytes)
{
    /// <summary>Resident bytes, shared ones too. They add up to the resident memory of the reading.</summary>
    public long ResidentBytes { get; init; }

    /// <summary>The file, or what the kernel calls it, such as <c>[heap]</c>; empty for memory without a name.</summary>
    public string Name { get; init; } = "";
}
