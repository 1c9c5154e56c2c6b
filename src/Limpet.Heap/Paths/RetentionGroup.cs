namespace Limpet.Heap.Paths;

/// <summary>Objects of a type that are held by ways of one shape.</summary>
/// <param name="Count">Number of objects.</param>
/// <param name="Retained">What would go if all of them went.</param>
/// <param name="Trace">The shortest way of them.</param>
public sealed record RetentionGroup(long Count, RetainedSize Retained, ExplainedTrace Trace);
