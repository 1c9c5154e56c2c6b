namespace Limpet.Heap.Growth;

/// <summary>Whether one thing comes with another.</summary>
internal static class Company
{
    /// <summary>Whether no more than a share of what comes does so in rounds in which nothing of the other comes. Where a round of the other is not known, nothing is held against it.</summary>
    /// <param name="counts">The one, by round.</param>
    /// <param name="other">The other, by round; <see cref="double.NaN"/> where it is not known.</param>
    /// <param name="alone">The share.</param>
    public static bool Has(IReadOnlyList<double> counts, IReadOnlyList<double> other, double alone = 0)
    {
        double came = 0, cameAlone = 0;
        for (int round = 1; round < counts.Count; round++)
        {
            double rise = Math.Max(0, counts[round] - counts[round - 1]);
            came += rise;
            cameAlone += other[round] <= other[round - 1] ? rise : 0;
        }

        return cameAlone <= alone * came;
    }
}
