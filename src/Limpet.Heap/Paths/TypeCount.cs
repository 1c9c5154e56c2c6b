namespace Limpet.Heap.Paths;

/// <summary>How many reachable objects a type has.</summary>
/// <param name="Count">Number of objects.</param>
/// <param name="Bytes">Their own sizes, added up.</param>
public readonly record struct TypeCount(long Count, long Bytes);
