namespace Limpet.Results;

/// <summary>The result of <c>limpet snapshot</c>.</summary>
public sealed record SnapshotResult : ResultEnvelope
{
    /// <inheritdoc />
    public override string Schema => "limpet.snapshot/1";

    /// <summary>The heap.</summary>
    public required HeapSummary Heap { get; init; }

    /// <summary>Where the time went.</summary>
    public required SnapshotTimings Timings { get; init; }

    /// <summary>How the heap was read.</summary>
    public CaptureWay Way { get; init; } = CaptureWay.Live;
}
