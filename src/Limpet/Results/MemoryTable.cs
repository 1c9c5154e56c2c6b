using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>Where the resident memory of a .NET process went. The rows add up to it, byte for byte.</summary>
public sealed record MemoryTable
{
    /// <summary>Resident memory, as the mappings of the same moment add up.</summary>
    public required ByteSize Rss { get; init; }

    /// <summary>The parts, in the order of <see cref="MemoryUse"/>; parts without a byte are left out.</summary>
    public required ImmutableArray<MemoryRow> Rows { get; init; }

    /// <summary>How much of it is the managed heap's, and what the largest part of the rest is.</summary>
    public required string Answer { get; init; }

    /// <summary>Parts that were estimated or could not be looked into, and why.</summary>
    public ImmutableArray<string> Doubts { get; init; } = [];
}
