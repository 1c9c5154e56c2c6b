using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>What was counted in each heap, and what that comes to.</summary>
/// <param name="Counts">Objects, by heap.</param>
/// <param name="Bytes">Their own sizes, by heap.</param>
/// <param name="CountDelta">Objects more than in the first heap: of two heaps the difference, of more the least that a later one has more.</param>
/// <param name="BytesDelta">The same of bytes.</param>
/// <param name="Change">How it went.</param>
public sealed record Delta(ImmutableArray<long> Counts, ImmutableArray<long> Bytes, long CountDelta, ByteSize BytesDelta, ChangeKind Change);
