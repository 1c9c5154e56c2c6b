namespace Limpet.Results;

/// <summary>A captured heap in numbers.</summary>
public sealed record HeapSummary
{
    /// <summary>Reachable objects.</summary>
    public required long Objects { get; init; }

    /// <summary>Their sizes, added up.</summary>
    public required ByteSize Bytes { get; init; }

    /// <summary>References between them.</summary>
    public required long References { get; init; }

    /// <summary>Roots.</summary>
    public required long Roots { get; init; }

    /// <summary>Whether everything could be read.</summary>
    public required bool Complete { get; init; }

    /// <summary>What could not be read and why; null when <see cref="Complete"/>.</summary>
    public string? IncompleteReason { get; init; }

    /// <summary>The file it was written to; null when it was not.</summary>
    public string? File { get; init; }
}
