namespace Limpet.Heap.Inspection;

/// <summary>What of a heap is asked for.</summary>
public sealed record InspectionOptions
{
    /// <summary>Part of the names of the types to list, whatever the case; null for all.</summary>
    public string? Type { get; init; }

    /// <summary>What types are sorted by.</summary>
    /// <value>The default is <see cref="TypeOrder.Retained"/>.</value>
    public TypeOrder Sort { get; init; }

    /// <summary>Lines of each list.</summary>
    /// <value>The default is 20.</value>
    public int Top { get; init; } = 20;
}
