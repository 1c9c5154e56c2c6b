using System.Collections.Immutable;

namespace Limpet.Heap.Cycles;

/// <summary>Components that look the same: as many objects of the same types, as many pairs that hold each other, rooted or not.</summary>
/// <param name="Count">Number of such components.</param>
/// <param name="Objects">Objects of each.</param>
/// <param name="MutualPairs">In each, pairs of objects that refer to each other directly.</param>
/// <param name="Rooted">Whether a root reaches them.</param>
/// <param name="Bytes">Own sizes of the objects of all of them, added up.</param>
/// <param name="Types">Objects of each by type, most first.</param>
/// <param name="Representative">An object of one of them.</param>
public sealed record ComponentShape(
    long Count,
    int Objects,
    long MutualPairs,
    bool Rooted,
    long Bytes,
    ImmutableArray<(TypeIndex Type, int Count)> Types,
    NodeIndex Representative);
