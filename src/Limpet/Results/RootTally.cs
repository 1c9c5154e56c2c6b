namespace Limpet.Results;

/// <summary>How many objects a root holds, directly or not.</summary>
/// <param name="Root">The root.</param>
/// <param name="Count">How many.</param>
public sealed record RootTally(TraceRoot Root, long Count);
