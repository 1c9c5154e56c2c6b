namespace Limpet.Bench.Capturing;

/// <summary>What ClrMD's walk of the live process cost and found.</summary>
internal sealed record WalkFigures
{
    public required TimeSpan Walk { get; init; }

    public required long Objects { get; init; }

    public required long References { get; init; }

    public required long PeakBytes { get; init; }

    /// <summary>Objects of the types of which the target states how many it has, by short name.</summary>
    public required Dictionary<string, long> Counts { get; init; }

    /// <summary>From its start to its end, the runtime's own start included; filled in by who started it.</summary>
    public TimeSpan WholeProcess { get; init; }

    /// <summary>The largest gap that the target's own ticker saw; filled in by who asks it.</summary>
    public TimeSpan TargetStall { get; init; }
}
