namespace Limpet.Heap.Dominators;

/// <summary>A reference to a number from a higher one, as a link of a list.</summary>
/// <param name="Source">The higher number.</param>
/// <param name="Next">Place of the next reference to the same number and 1 more; 0 for none.</param>
internal readonly record struct LowerReference(int Source, uint Next);
