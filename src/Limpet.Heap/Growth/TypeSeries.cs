using System.Collections.Immutable;

namespace Limpet.Heap.Growth;

/// <summary>A type over the rounds. Rounds without it count 0.</summary>
/// <param name="Type">Runtime name of the type.</param>
/// <param name="Counts">Reachable objects, by round.</param>
/// <param name="Bytes">Their own sizes, by round.</param>
public sealed record TypeSeries(string Type, ImmutableArray<double> Counts, ImmutableArray<double> Bytes);
