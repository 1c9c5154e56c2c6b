using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Verdicts;

/// <summary>What one metric's readings say, with every number that it rests on.</summary>
public sealed record Judgement
{
    /// <summary>The metric that was judged.</summary>
    public required string Metric { get; init; }

    /// <summary>What its line looks like.</summary>
    public required GrowthShape Shape { get; init; }

    /// <summary>One sentence made only of the numbers here.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether this is growth that a leak verdict may rest on.</summary>
    public bool Grows => Shape is GrowthShape.Growing or GrowthShape.GrowingWithTime;

    /// <summary>Mean growth per successful operation over the judged rounds; 0 when there were no operations.</summary>
    public double PerOperation { get; init; }

    /// <summary>Mean growth per second over the judged rounds.</summary>
    public double PerSecond { get; init; }

    /// <summary>Growth per operation in the weakest window (per second for <see cref="GrowthShape.GrowingWithTime"/>).</summary>
    public double WeakestPerOperation { get; init; }

    /// <summary>Last judged reading less the first.</summary>
    public double TotalGrowth { get; init; }

    /// <summary>The dose test; null when there was no stretch to compare.</summary>
    public DoseResult? Dose { get; init; }

    /// <summary>Change while nothing was driven, in the unit of the metric; 0 when there was no idle round.</summary>
    public double NoiseFloor { get; init; }

    /// <summary>One reading a round, as it was judged; <see cref="double.NaN"/> where it was refused.</summary>
    public ImmutableArray<double> Readings { get; init; } = [];

    /// <summary>Driven rounds from which the rates are made.</summary>
    public int RoundsJudged { get; init; }

    /// <summary>How many of <see cref="RoundsJudged"/> grew.</summary>
    public int GrowingRounds { get; init; }

    /// <summary>Successful operations up to the last reading, warm-up included. A cap above this number is not excluded.</summary>
    public long SeenUpToOperations { get; init; }

    /// <summary>Whether it grew, was not seen to stop, and is bounded by what is known of its holder.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>Whether more rounds could decide what these do not. False once the budget is used up.</summary>
    public bool NeedsMoreRounds { get; init; }

    /// <summary>The kind of round that would help most; null when any would, or none is needed.</summary>
    public RoundKind? Wanted { get; init; }

    /// <summary>Whether silence would help most: pauses between the operations of a round, which then takes longer and does no more, or at least before it.</summary>
    public bool WantsSilence { get; init; }
}
