using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Retention;

/// <summary>How many objects were alive at one moment, and what the collector had done until then.</summary>
/// <param name="Elapsed">Time since the objects were let go.</param>
/// <param name="Phase">What went on before.</param>
/// <param name="Alive">How many were alive.</param>
/// <param name="Collections">Collections of generation 0, 1 and 2 since the objects were let go; one of generation 2 counts in all three.</param>
/// <param name="Allocated">What the whole process allocated since then.</param>
/// <param name="Collection">The last collection before the reading; null where there was none since the objects were let go.</param>
public sealed record RetentionReading(
    TimeSpan Elapsed, RetentionPhase Phase, int Alive, ImmutableArray<int> Collections, ByteSize Allocated, CollectionFact? Collection);
