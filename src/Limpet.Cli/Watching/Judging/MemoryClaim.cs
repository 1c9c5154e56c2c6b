using System.Collections.Immutable;

namespace Limpet.Cli.Watching.Judging;

/// <summary>What the memory of one process says.</summary>
/// <param name="Process">What it is called.</param>
/// <param name="Steps">What each phase took and kept, where that was anything to speak of.</param>
/// <param name="Leaking">The phases whose growth is said to be a leak; empty for none.</param>
/// <param name="Reason">Why, in one sentence; null when it is none.</param>
internal sealed record MemoryClaim(string Process, ImmutableArray<MemoryStep> Steps, ImmutableArray<int> Leaking, string? Reason)
{
    /// <summary>Whether its runtime collects garbage, so that it grows for a while without a leak.</summary>
    public bool Collected { get; init; }

    /// <summary>Whether it grows evenly over all phases, so that none is named.</summary>
    public bool Even { get; init; }

    /// <summary>Growth per phase, where it grows evenly.</summary>
    public double PerPhase { get; init; }

    /// <summary>Memory at the end.</summary>
    public double Last { get; init; }
}
