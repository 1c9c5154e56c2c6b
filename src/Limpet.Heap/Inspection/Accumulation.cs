using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>A place where much has come together.</summary>
/// <param name="Kind">Why it is told.</param>
/// <param name="Point">The object that holds what accumulates, or is it; none where roots do.</param>
/// <param name="Example">One of the objects that accumulate.</param>
/// <param name="Subject">Their type in C# spelling.</param>
/// <param name="Count">Their number.</param>
/// <param name="Retained">What would go with them.</param>
/// <param name="Container">The member of the source that holds them.</param>
internal sealed record Accumulation(SuspectKind Kind, NodeIndex Point, NodeIndex Example, string Subject, long Count, RetainedSize Retained, GrowthContainer Container);
