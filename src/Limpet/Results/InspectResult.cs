namespace Limpet.Results;

/// <summary>The result of <c>limpet inspect</c>.</summary>
public sealed record InspectResult : ResultEnvelope
{
    /// <inheritdoc />
    public override string Schema => "limpet.inspect/1";

    /// <summary>The heap in numbers.</summary>
    public required HeapSummary Heap { get; init; }

    /// <summary>What fills it.</summary>
    public required HeapContents Contents { get; init; }

    /// <summary>Where the resident memory of the process went; null unless it was asked for.</summary>
    public MemoryTable? Memory { get; init; }
}
