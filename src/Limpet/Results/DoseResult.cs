namespace Limpet.Results;

/// <summary>The dose test: growth of a stretch with more operations, relative to the stretch before it.</summary>
/// <param name="Expected">The ratio of the operations of both stretches, 2 or near it.</param>
/// <param name="Measured">The ratio of their growth.</param>
public sealed record DoseResult(double Expected, double Measured)
{
    /// <summary>How far <see cref="Measured"/> may be from <see cref="Expected"/>, as a share of it.</summary>
    public const double Tolerance = 0.20;

    /// <summary>Whether growth followed the dose within <see cref="Tolerance"/>.</summary>
    public bool Confirmed => Expected > 0 && Math.Abs(Measured - Expected) <= Tolerance * Expected;
}
