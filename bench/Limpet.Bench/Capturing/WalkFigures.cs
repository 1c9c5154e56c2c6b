namespace Limpet.Bench.Capturing;

/// <summary>What ClrMD's walk of a live process or of a core dump cost and found.</summary>
internal sealed record WalkFigures
{
    /// <summary>Attaching or opening, before the walk.</summary>
    public required TimeSpan Attach { get; init; }

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
