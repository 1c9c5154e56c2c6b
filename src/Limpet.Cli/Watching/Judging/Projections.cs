using Limpet.Cli.Watching.Phases;
using Limpet.Results;

namespace Limpet.Cli.Watching.Judging;

/// <summary>How far it is to a limit when growth goes on as it did.</summary>
internal static class Projections
{
    /// <summary>The two-sided 95 % quantile of the normal distribution.</summary>
    private const double Quantile = 1.96;

    /// <summary>From what each phase left.</summary>
    /// <param name="limit">Name of the limit.</param>
    /// <param name="value">Its value.</param>
    /// <param name="used">What was used at the end.</param>
    /// <param name="left">What each phase left, zeros included.</param>
    /// <param name="phases">The phases.</param>
    public static LimitProjection? OfPhases(string limit, double value, double used, IReadOnlyList<double> left, IReadOnlyList<Phase> phases)
    {
        double mean = left.Average();
        double room = Math.Max(0, value - used);
        if (mean <= 0)
        {
            return null;
        }

        double error = left.Count < 2 ? double.NaN : Math.Sqrt(left.Sum(one => (one - mean) * (one - mean)) / (left.Count - 1) / left.Count);
        double inPhases = room / mean;
        return new LimitProjection(limit, value, Round(inPhases), Round(inPhases * phases.Average(phase => phase.Duration.TotalSeconds)))
        {
            Used = used,
            Low = double.IsNaN(error) ? null : Round(room / (mean + (Quantile * error))),
            High = double.IsNaN(error) || mean - (Quantile * error) <= 0 ? null : Round(room / (mean - (Quantile * error))),
        };
    }

    /// <summary>From growth over time.</summary>
    public static LimitProjection? OfTime(string limit, double value, double used, double perSecond) =>
        perSecond > 0 ? new LimitProjection(limit, value, null, Round(Math.Max(0, value - used) / perSecond)) { Used = used } : null;

    private static double Round(double number) => Math.Round(number, number < 10 ? 1 : 0);
}
