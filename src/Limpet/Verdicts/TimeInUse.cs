namespace Limpet.Verdicts;

/// <summary>
/// How much of the growth of a count follows the time in use and not the operations: windows of time, sessions and leases open when something is used and the
/// last one is old enough. A driver at full pace does twice as much in twice the time, and the count keeps step with both; silence between the operations tells them
/// apart. Weighted least squares of the growth on operations and on silence, through the origin. O(stretches).
/// </summary>
/// <param name="Share">What the silence brought, as a share of what it would have brought had all growth followed the time: 0 for a leak of each operation, near 1 for windows of time.</param>
/// <param name="Error">Standard error of <paramref name="Share"/>; infinite where there was no silence, or as much with each operation.</param>
/// <param name="Freedom">Rounds beyond the two that any growth would fit.</param>
internal readonly record struct TimeInUse(double Share, double Error, int Freedom)
{
    /// <summary>The share at which as much follows the time as the operations.</summary>
    private const double Half = 0.5;

    private const int FewestToGuess = 4;

    /// <summary>Whether the growth follows the time in use; null where chance may have made it look so, or not.</summary>
    public bool? IsCause => Share - Margin > Half ? true : Share + Margin < Half ? false : null;

    /// <summary>Whether, where chance is not excluded, the time is the better guess, by rounds enough to guess.</summary>
    public bool IsLikelyCause => Share >= Half && Freedom >= FewestToGuess;

    /// <summary>A little more than Student's t for 95 %: few rounds say little.</summary>
    private double Margin => Error == 0 ? 0 : (2 + (4.0 / Freedom)) * Error;

    public static TimeInUse Of(ReadOnlySpan<Stretch> stretches)
    {
        List<Stretch> used = Used(stretches);
        double ww = 0, ws = 0, ss = 0, wg = 0, sg = 0, growth = 0, seconds = 0;
        foreach (Stretch stretch in used)
        {
            // The variance of what grows by chance is as large as what grows, and that follows the operations.
            double weight = 1 / stretch.Operations;
            ww += weight * stretch.Operations * stretch.Operations;
            ws += weight * stretch.Operations * stretch.Paused;
            ss += weight * stretch.Paused * stretch.Paused;
            wg += weight * stretch.Operations * stretch.Growth;
            sg += weight * stretch.Paused * stretch.Growth;
            growth += stretch.Growth;
            seconds += stretch.Seconds;
        }

        double determinant = (ww * ss) - (ws * ws);
        int freedom = used.Count - 2;
        if (freedom < 1 || growth <= 0 || determinant <= 1e-9 * ww * ss)
        {
            return new TimeInUse(0, double.PositiveInfinity, Math.Max(1, freedom));
        }

        double perOperation = ((wg * ss) - (sg * ws)) / determinant;
        double perSilentSecond = ((sg * ww) - (wg * ws)) / determinant;
        double rest = 0;
        foreach (Stretch stretch in used)
        {
            double difference = stretch.Growth - (perOperation * stretch.Operations) - (perSilentSecond * stretch.Paused);
            rest += difference * difference / stretch.Operations;
        }

        double error = Math.Sqrt(rest / freedom * ww / determinant);
        return new TimeInUse(perSilentSecond * seconds / growth, error * seconds / growth, freedom);
    }

    /// <summary>Silence counts to the round after it: what it made old is replaced there.</summary>
    private static List<Stretch> Used(ReadOnlySpan<Stretch> stretches)
    {
        var used = new List<Stretch>(stretches.Length);
        double growth = 0, seconds = 0, paused = 0;
        foreach (Stretch stretch in stretches)
        {
            growth += stretch.Growth;
            seconds += stretch.Seconds;
            paused += stretch.Idle ? stretch.Seconds : stretch.Paused;
            if (stretch.Operations > 0)
            {
                used.Add(stretch with { Growth = growth, Seconds = seconds, Paused = paused });
                growth = seconds = paused = 0;
            }
        }

        return used;
    }
}
