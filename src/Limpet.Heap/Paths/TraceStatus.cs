using Limpet.Results;

namespace Limpet.Heap.Paths;

/// <summary>Whether the objects of a path node should still be there.</summary>
/// <param name="Leaking">Whether they are leaking.</param>
/// <param name="Reason">Why that is believed; always given.</param>
public readonly record struct TraceStatus(LeakingStatus Leaking, string Reason);
