using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>A root and the chain of members from it to the retained object.</summary>
/// <param name="Root">Where the garbage collector starts.</param>
/// <param name="Path">The objects from the first one the root refers to, to the retained one.</param>
public sealed record RetentionTrace(TraceRoot Root, ImmutableArray<TraceElement> Path);
