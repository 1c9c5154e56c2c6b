namespace Limpet.Heap;

/// <summary>A stretch of heap memory.</summary>
/// <param name="Start">Address of its first object.</param>
/// <param name="End">First address behind its last object.</param>
/// <param name="Generation">Generation of its objects, or what heap it belongs to.</param>
/// <param name="FirstGranule">Bit of <see cref="Start"/> in the address map; a granule is 8 bytes of heap.</param>
/// <param name="FirstNode">Index of its first object; the objects of a segment have consecutive indexes in address order.</param>
/// <param name="NodeCount">Number of its objects.</param>
public sealed record HeapSegment(ulong Start, ulong End, HeapGeneration Generation, long FirstGranule, int FirstNode, int NodeCount);
