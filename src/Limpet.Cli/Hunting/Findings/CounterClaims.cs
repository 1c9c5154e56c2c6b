using System.Collections.Immutable;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>
/// How much of a counter's growth each leak explains by what it holds, and what none explains. Pure: the same numbers give the same shares.
/// </summary>
/// <param name="Shares">Growth that each leak explains, by its place in the list; 0 for what explains none.</param>
/// <param name="Rest">Growth that nothing explains; 0 when it is within the tolerance.</param>
internal sealed record CounterClaims(ImmutableArray<double> Shares, double Rest)
{
    /// <summary>How far the sum may be off.</summary>
    private const double Tolerance = 0.2;

    /// <summary>What holds less than this share holds it by chance.</summary>
    private const double SmallestShare = 0.05;

    /// <summary>Objects beyond the growth that may still be counted by rounding: a last operation under way, a pool.</summary>
    private const double Few = 2;

    /// <summary>
    /// The growth of a counter on which there is no decision yet: leaks that are proven, and hold no more of what is counted than it grew by, have their share of it. What else it
    /// grew by is nobody's.
    /// </summary>
    public static CounterClaims OfUndecided(double growth, IReadOnlyList<double> held) =>
        growth >= (1 - Tolerance) * held.Sum() ? Divide(growth, held) with { Rest = 0 } : Divide(0, held);

    /// <summary>Whether the leaks hold all that came, as far as that can be told.</summary>
    public bool ExplainsAll(double growth) => growth > 0 && Shares.Sum() >= (1 - Tolerance) * growth;

    /// <summary>Divides the growth of a counter among leaks.</summary>
    /// <param name="growth">Growth of the counter.</param>
    /// <param name="held">How many of what is counted each leak holds.</param>
    public static CounterClaims Divide(double growth, IReadOnlyList<double> held)
    {
        if (growth <= 0)
        {
            return new CounterClaims([.. held.Select(_ => 0.0)], 0);
        }

        double[] claims = [.. held.Select(count => count >= Math.Max(Few, SmallestShare * growth) ? count : 0)];
        double sum = claims.Sum();

        // Leaks hold more than is counted when some of it was closed and is kept all the same; what is a little short of all is all.
        double scale = sum + (Tolerance * growth) + Few >= growth ? growth / Math.Max(1, sum) : 1;
        return new CounterClaims([.. claims.Select(claim => claim * scale)], sum > 0 && scale != 1 ? 0 : growth - sum);
    }
}
