using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Cli.Watching;

/// <summary>How a run went, beside what was read of the tree.</summary>
internal sealed record RunFacts
{
    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    public required int RootPid { get; init; }

    public required ImmutableArray<string> Command { get; init; }

    /// <summary>How the watched process ended; null when it still ran, or only its parent knows.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether the watched process ended by itself while it was watched.</summary>
    public bool Ended { get; init; }

    public bool Interrupted { get; init; }

    /// <summary>Resident memory to be held against its budget: what processes share is counted once where that matters.</summary>
    public long PeakMemory { get; init; }

    public TreeFigures Peak { get; init; } = new();

    public required MonitorFigures Monitor { get; init; }

    /// <summary>Readings that were due.</summary>
    public long Due { get; init; }

    public long OomKills { get; init; }

    /// <summary>The phase that was open for too long at the end; null when none was.</summary>
    public string? StalledAtEnd { get; init; }

    /// <summary>For how long it was.</summary>
    public TimeSpan StalledFor { get; init; }

    public ImmutableArray<string> Warnings { get; init; } = [];

    public ImmutableSortedDictionary<string, ImmutableArray<SeriesPoint>> Series { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<SeriesPoint>>.Empty;

    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public long? MemoryLimit { get; init; }

    public long? MemoryUsed { get; init; }

    /// <summary>Whether that limit is the machine's memory and no control group's.</summary>
    public bool LimitIsHost { get; init; }
}
