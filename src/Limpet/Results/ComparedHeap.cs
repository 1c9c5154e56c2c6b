namespace Limpet.Results;

/// <summary>A heap that was compared with others.</summary>
/// <param name="Source">The process or file.</param>
/// <param name="Objects">Reachable objects.</param>
/// <param name="Bytes">Their sizes.</param>
/// <param name="IncompleteReason">What could not be read and why; null for a whole heap.</param>
public sealed record ComparedHeap(string Source, long Objects, ByteSize Bytes, string? IncompleteReason)
{
    /// <summary>How it was read from its process; null where that is not known.</summary>
    public CaptureWay? Way { get; init; }
}
