using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>The readings of a run.</summary>
public sealed record Measurements
{
    /// <summary>Largest change between readings while nothing was driven, by metric.</summary>
    public ImmutableSortedDictionary<string, double> NoiseFloor { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>One entry a round.</summary>
    public ImmutableArray<RoundMeasurement> Rounds { get; init; } = [];

    /// <summary>What kept the run from being decided, that which grew most first; empty when the verdict has another reason.</summary>
    public ImmutableArray<UndecidedSeries> Undecided { get; init; } = [];
}
