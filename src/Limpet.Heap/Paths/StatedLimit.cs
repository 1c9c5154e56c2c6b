namespace Limpet.Heap.Paths;

/// <summary>What the collections or caches on one path were told to hold at most.</summary>
/// <param name="Most">Their limits, added up.</param>
/// <param name="Taken">What is taken of them, in the unit of the limit; null where each entry takes one.</param>
/// <param name="Holders">How many have a limit.</param>
public readonly record struct StatedLimit(double Most, double? Taken, long Holders);
