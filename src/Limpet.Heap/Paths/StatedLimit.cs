namespace Limpet.Heap.Paths;

/// <summary>What the collections or caches on one path were told to hold at most.</summary>
/// <param name="Most">Their limits, added up.</param>
/// <param name="Taken">What is taken of them, as far as it is told, in the unit of the limit.</param>
/// <param name="Holders">How many have a limit.</param>
/// <param name="Told">Of how many of these it is told what is taken: collections with a few elements do not tell.</param>
public readonly record struct StatedLimit(double Most, double Taken, long Holders, long Told);
