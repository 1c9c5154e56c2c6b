using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>The result of <c>limpet watch</c>.</summary>
public sealed record WatchResult : JudgedResult
{
    /// <inheritdoc />
    public override string Schema => "limpet.watch/1";

    /// <summary>The processes of the tree, in the order in which they appeared; when there were very many, those that took most.</summary>
    public ImmutableArray<WatchedProcess> Processes { get; init; } = [];

    /// <summary>Processes that are left out of <see cref="Processes"/>.</summary>
    public int OmittedProcesses { get; init; }

    /// <summary>The highest readings of the whole run.</summary>
    public TreeFigures Peak { get; init; } = new();

    /// <summary>The phases, in their order; empty without marks.</summary>
    public ImmutableArray<WatchPhase> Phases { get; init; } = [];

    /// <summary>How far it is to the limits in force, for what grows.</summary>
    public ImmutableArray<LimitProjection> Projections { get; init; } = [];

    /// <summary>How well the watching itself went.</summary>
    public required MonitorFigures Monitor { get; init; }

    /// <summary>The course of the readings of the whole tree, by metric.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<SeriesPoint>> Series { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<SeriesPoint>>.Empty;
}
