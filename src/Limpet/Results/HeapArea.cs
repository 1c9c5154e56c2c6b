namespace Limpet.Results;

/// <summary>A generation, or one of the heaps beside them.</summary>
/// <param name="Name"><c>Gen0</c>, <c>Gen1</c>, <c>Gen2</c>, <c>Large</c>, <c>Pinned</c>, <c>Frozen</c> or <c>Unknown</c>.</param>
/// <param name="Segments">Stretches of memory that it is made of.</param>
/// <param name="Objects">Reachable objects.</param>
/// <param name="Bytes">Their sizes.</param>
/// <param name="GarbageObjects">Objects that no root reaches and that were not collected yet.</param>
/// <param name="GarbageBytes">Their sizes.</param>
/// <param name="FreeBytes">Room between objects: fragmentation, and the rest of what a thread took to allocate from.</param>
public sealed record HeapArea(string Name, int Segments, long Objects, ByteSize Bytes, long GarbageObjects, ByteSize GarbageBytes, ByteSize FreeBytes);
