namespace Limpet.Heap.Paths;

/// <summary>What would go if some objects went: they and everything that only they keep reachable.</summary>
/// <param name="Objects">Number of objects.</param>
/// <param name="Bytes">Their own sizes, added up.</param>
public readonly record struct RetainedSize(long Objects, long Bytes);
