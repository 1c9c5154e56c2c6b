namespace Limpet.Results;

/// <summary>Objects that are held by ways of one shape.</summary>
/// <param name="Count">Number of objects.</param>
/// <param name="Retained">Bytes that would go if all of them went.</param>
/// <param name="Holder">The shortest way of them.</param>
public sealed record WhyTrace(long Count, ByteSize Retained, RetentionTrace Holder)
{
    /// <summary>Stable id of the shape; null when there is none.</summary>
    public string? Signature { get; init; }

    /// <summary>What to change; null where heap and symbols do not show it.</summary>
    public string? Hint { get; init; }

    /// <summary>The line that subscribes, adds, starts or captures, where it is known.</summary>
    public SourceLine? Source { get; init; }
}
