namespace Limpet.Bench.Capturing;

/// <summary>What one capture in a process of its own cost and found.</summary>
internal sealed record CaptureFigures
{
    public required TimeSpan Attach { get; init; }

    /// <summary>From before the stop to the whole graph; what was named before the stop is not in it.</summary>
    public required TimeSpan StopToGraph { get; init; }

    /// <summary>The whole capture as its caller sees it: naming what is known before the stop, and from the stop to the graph.</summary>
    public required TimeSpan Whole { get; init; }

    /// <summary>How long the capture itself says that the target stood still.</summary>
    public required TimeSpan Stall { get; init; }

    public required TimeSpan PredictedStall { get; init; }

    public required int Retries { get; init; }

    public required long Nodes { get; init; }

    public required long Edges { get; init; }

    public required int Roots { get; init; }

    public required long GraphBytes { get; init; }

    public required long PeakBytes { get; init; }

    /// <summary>Objects of the types of which the target states how many it has, by short name.</summary>
    public required Dictionary<string, long> Counts { get; init; }

    public required string? Incomplete { get; init; }

    /// <summary>The largest gap that the target's own ticker saw; filled in by who asks it.</summary>
    public TimeSpan TargetStall { get; init; }
}
