using Limpet.Heap;

namespace Limpet.Capture.Live;

/// <summary>A number read from an object beside its references.</summary>
internal readonly record struct RawFact(int LocalNode, FactKind Kind, ulong Value);
