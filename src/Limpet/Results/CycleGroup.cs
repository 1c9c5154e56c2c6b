using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>Groups of objects that all reach each other, of one shape. A cycle that nothing roots is garbage, and no leak.</summary>
/// <param name="Count">Number of such groups.</param>
/// <param name="Objects">Objects of each.</param>
/// <param name="MutualPairs">In each, pairs of objects that refer to each other directly.</param>
/// <param name="Rooted">Whether a root reaches them.</param>
/// <param name="Bytes">Own sizes of the objects of all of them.</param>
/// <param name="Types">Objects of each by type, most first.</param>
public sealed record CycleGroup(long Count, int Objects, long MutualPairs, bool Rooted, ByteSize Bytes, ImmutableArray<NamedTally> Types);
