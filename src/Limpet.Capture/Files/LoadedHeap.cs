using Limpet.Heap;

namespace Limpet.Capture.Files;

/// <summary>The content of a heap file.</summary>
/// <param name="Graph">The heap; to be disposed by its owner.</param>
/// <param name="Metadata">Where it comes from.</param>
public sealed record LoadedHeap(HeapGraph Graph, HeapFileMetadata Metadata);
