namespace Limpet.Verdicts;

/// <summary>
/// How much of the growth of a count follows the time in use and not the operations: windows of time, sessions and leases open when something is used and the
/// last one is old enough. A driver at full pace does twice as much in twice the time, and both keep step with it; a silence before a round tells them apart.
/// Weighted least squares of the growth on operations and on time, through the origin. O(stretches).
/// </summary>
/// <param name="Share">The part of the growth that the time explains: 0 for a leak of each operation, 1 for windows of time.</param>
/// <param name="Error">Standard error of <paramref name="Share"/>; infinite where operations and time were in step throughout.</param>
internal readonly record struct TimeInUse(double Share, double Error)
{
    /// <summary>More than half is not the operations' doing.</summary>
    private const double Half = 0.5;

    /// <summary>Errors between the share and a half for it to be no chance.</summary>
    private const double Errors = 2;

    /// <summary>What the numbers say: that it follows the time, that it does not, or neither (null).</summary>
    public bool? Certain => Share - (Errors * Error) > Half ? true : Share + (Errors * Error) < Half ? false : null;

    /// <summary>What is more likely.</summary>
    public bool Likely => Share >= Half;

    public static TimeInUse Of(ReadOnlySpan<Stretch> stretches)
    {
        List<Stretch> used = Used(stretches);
        double ww = 0, wt = 0, tt = 0, wg = 0, tg = 0, growth = 0, seconds = 0;
        foreach (Stretch stretch in used)
        {
            // Growth by chance varies as much as it grows, which is by the operations.
            double weight = 1 / stretch.Operations;
            ww += weight * stretch.Operations * stretch.Operations;
            wt += weight * stretch.Operations * stretch.Seconds;
            tt += weight * stretch.Seconds * stretch.Seconds;
            wg += weight * stretch.Operations * stretch.Growth;
            tg += weight * stretch.Seconds * stretch.Growth;
            growth += stretch.Growth;
            seconds += stretch.Seconds;
        }

        double determinant = (ww * tt) - (wt * wt);
        if (used.Count < 3 || determinant <= 1e-9 * ww * tt || growth <= 0)
        {
            return new TimeInUse(0, double.PositiveInfinity);
        }

        double perOperation = ((wg * tt) - (tg * wt)) / determinant;
        double perSecond = ((tg * ww) - (wg * wt)) / determinant;
        double rest = 0;
        foreach (Stretch stretch in used)
        {
            double difference = stretch.Growth - (perOperation * stretch.Operations) - (perSecond * stretch.Seconds);
            rest += difference * difference / stretch.Operations;
        }

        double error = Math.Sqrt(rest / (used.Count - 2) * ww / determinant);
        return new TimeInUse(perSecond * seconds / growth, error * seconds / growth);
    }

    /// <summary>Silence counts to the round after it: what it made old is replaced there.</summary>
    private static List<Stretch> Used(ReadOnlySpan<Stretch> stretches)
    {
        var used = new List<Stretch>(stretches.Length);
        double growth = 0, seconds = 0;
        foreach (Stretch stretch in stretches)
        {
            growth += stretch.Growth;
            seconds += stretch.Seconds;
            if (stretch.Operations > 0)
            {
                used.Add(stretch with { Growth = growth, Seconds = seconds });
                growth = seconds = 0;
            }
        }

        return used;
    }
}
