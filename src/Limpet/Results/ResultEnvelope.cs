using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>What every machine-readable result has in common.</summary>
public abstract record ResultEnvelope
{
    /// <summary>Name and version of the schema, such as <c>limpet.hunt/1</c>.</summary>
    public abstract string Schema { get; }

    /// <summary>The tool that wrote it.</summary>
    public ToolInfo Tool { get; init; } = ToolInfo.Current;

    /// <summary>When the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>What was looked at; null when it could not be reached.</summary>
    public TargetInfo? Target { get; init; }

    /// <summary>Facts about machine and runtime that the numbers depend on.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Things to know beside the findings, such as a reading that was refused.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>What could not be seen.</summary>
    public ImmutableArray<string> BlindSpots { get; init; } = [];
}
