using System.Collections.Immutable;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>A path node over the rounds. Rounds without it count 0.</summary>
/// <param name="Path">The path node as the last round that has it knows it; its indexes belong to that round's tree.</param>
/// <param name="ParentId">Id of the path node before it; 0 for a root.</param>
/// <param name="Counts">Objects, by round.</param>
/// <param name="Bytes">Their own sizes, by round.</param>
public sealed record PathSeries(PathNode Path, ulong ParentId, ImmutableArray<double> Counts, ImmutableArray<double> Bytes)
{
    /// <summary>The path node's stable id.</summary>
    public ulong Id => Path.Id;

    /// <summary>Objects in the last round beyond those in the first.</summary>
    public double CountGrowth => Counts[^1] - Counts[0];

    /// <summary>Bytes in the last round beyond those in the first.</summary>
    public double BytesGrowth => Bytes[^1] - Bytes[0];
}
