namespace Limpet.Results;

/// <summary>The result of <c>limpet convert</c>.</summary>
public sealed record ConvertResult : ResultEnvelope
{
    /// <inheritdoc />
    public override string Schema => "limpet.convert/1";

    /// <summary>The heap as it was written; <see cref="HeapSummary.File"/> is the new file.</summary>
    public required HeapSummary Heap { get; init; }

    /// <summary>What was written: <c>limpet</c>, <c>gcdump</c> or <c>heapsnapshot</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Size of the new file.</summary>
    public required ByteSize FileSize { get; init; }
}
