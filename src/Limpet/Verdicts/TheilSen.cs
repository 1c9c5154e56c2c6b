namespace Limpet.Verdicts;

/// <summary>
/// The median of the slopes of all pairs of points: an estimate of a trend that up to 29 % of wild readings cannot move
/// (Theil 1950), with the distribution-free interval of Sen, "Estimates of the regression coefficient based on Kendall's tau",
/// Journal of the American Statistical Association 63 (1968). One step can still fool it: use it beside the weakest window.
/// </summary>
/// <param name="Slope">The median slope.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public readonly record struct TheilSen(double Slope, double Low, double High)
{
    /// <summary>The two-sided 95 % quantile of the normal distribution.</summary>
    private const double Quantile = 1.96;

    /// <summary>Fits the points (<paramref name="x"/>[i], <paramref name="y"/>[i]); pairs of equal x say nothing and are skipped. O(n² log n).</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <returns>All three are <see cref="double.NaN"/> when no two points differ in x.</returns>
    public static TheilSen Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"Bug in the caller: {x.Length} abscissas for {y.Length} ordinates.", nameof(y));
        }

        var slopes = new List<double>(x.Length * (x.Length - 1) / 2);
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = i + 1; j < x.Length; j++)
            {
                if (x[i] != x[j])
                {
                    slopes.Add((y[j] - y[i]) / (x[j] - x[i]));
                }
            }
        }

        if (slopes.Count == 0)
        {
            return new TheilSen(double.NaN, double.NaN, double.NaN);
        }

        slopes.Sort();
        double n = x.Length;
        double spread = Quantile * Math.Sqrt(n * (n - 1) * ((2 * n) + 5) / 18);
        int low = (int)Math.Floor((slopes.Count - spread) / 2);
        int high = (int)Math.Ceiling((slopes.Count + spread) / 2);
        int middle = slopes.Count / 2;
        double median = slopes.Count % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
        return new TheilSen(
            median,
            low < 0 ? double.NegativeInfinity : slopes[low],
            high >= slopes.Count ? double.PositiveInfinity : slopes[high]);
    }
}
