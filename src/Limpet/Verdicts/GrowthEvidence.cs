using Limpet.Results;

namespace Limpet.Verdicts;

/// <summary>What the stretches from one onset to the end say about growth.</summary>
internal sealed record GrowthEvidence
{
    public required Obstacle Obstacle { get; init; }

    public required bool ByTime { get; init; }

    public required double Net { get; init; }

    public required double Operations { get; init; }

    public required double Seconds { get; init; }

    public required int Driven { get; init; }

    public required int Grew { get; init; }

    public required double Noise { get; init; }

    public required double Smallest { get; init; }

    /// <summary>Growth per unit of work in the weakest window; <see cref="double.NaN"/> when it was not reached.</summary>
    public double Weakest { get; init; } = double.NaN;

    /// <summary>Rounds in which growth was due and there was none.</summary>
    public int Still { get; init; }

    /// <summary>What one round brought beyond its share, where that was most.</summary>
    public double Jump { get; init; }

    /// <summary>How much of it follows the time in use; null where that was not asked.</summary>
    public TimeInUse? InUse { get; init; }

    public double EarlierRate { get; init; }

    public double LaterRate { get; init; }

    public DoseResult? Dose { get; init; }

    public RoundKind? Wanted { get; init; }
}
