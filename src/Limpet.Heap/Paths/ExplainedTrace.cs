using Limpet.Results;

namespace Limpet.Heap.Paths;

/// <summary>A retention trace and what follows from it.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Signature">Stable id of its shape: the same leak has the same one in another run.</param>
/// <param name="Hint">What to change; null where the heap does not show it.</param>
/// <param name="Source">The line that subscribes or captures, where symbols tell it.</param>
public sealed record ExplainedTrace(RetentionTrace Trace, string Signature, string? Hint, SourceLine? Source);
