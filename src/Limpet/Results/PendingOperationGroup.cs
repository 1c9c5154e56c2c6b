using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>Async methods that have begun and not ended and wait for the same thing.</summary>
/// <param name="Awaits">What they await, such as <c>Task.Delay</c>; null where the heap does not tell.</param>
/// <param name="Count">How many.</param>
/// <param name="Operations">The methods, most first.</param>
/// <param name="Roots">What holds them, most first.</param>
public sealed record PendingOperationGroup(string? Awaits, long Count, ImmutableArray<NamedTally> Operations, ImmutableArray<RootTally> Roots);
