namespace Limpet.Heap;

/// <summary>Index of a type in <see cref="HeapGraph.Types"/>.</summary>
/// <param name="Value">The index.</param>
public readonly record struct TypeIndex(int Value);
