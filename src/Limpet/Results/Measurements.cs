using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>The readings of a run.</summary>
public sealed record Measurements
{
    /// <summary>Largest change between readings while nothing was driven, by metric.</summary>
    public ImmutableSortedDictionary<string, double> NoiseFloor { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>One entry a round.</summary>
    public ImmutableArray<RoundMeasurement> Rounds { get; init; } = [];
}
