using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>One round and its settled readings.</summary>
public sealed record RoundMeasurement
{
    /// <summary>What the round was for: <c>Warmup</c>, <c>Base</c>, <c>Dose</c> or <c>Idle</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Operations that succeeded in the round.</summary>
    public required long Operations { get; init; }

    /// <summary>Operations that failed in the round.</summary>
    public long Failed { get; init; }

    /// <summary>When its settled reading was taken, from the start of the run.</summary>
    public required double AtSeconds { get; init; }

    /// <summary>How long the driver paused between the operations, all pauses together.</summary>
    public double PausedSeconds { get; init; }

    /// <summary>Settled readings by metric.</summary>
    public ImmutableSortedDictionary<string, double> Metrics { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Readings right after the operations, by metric; only what can be read without a capture.</summary>
    public ImmutableSortedDictionary<string, double> Immediate { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>How long the target was stopped for the capture of this round.</summary>
    public double StallSeconds { get; init; }
}
