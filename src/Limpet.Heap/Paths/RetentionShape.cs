namespace Limpet.Heap.Paths;

/// <summary>Objects whose ways look the same to a reader.</summary>
/// <param name="Trace">The way of the first of them.</param>
/// <param name="Nodes">The objects.</param>
internal sealed record RetentionShape(ExplainedTrace Trace, List<NodeIndex> Nodes);
