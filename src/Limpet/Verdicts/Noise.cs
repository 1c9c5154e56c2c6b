namespace Limpet.Verdicts;

/// <summary>How much a metric changes with nothing driven.</summary>
internal static class Noise
{
    /// <summary>
    /// The largest change over an idle stretch, less what time explains; of three or more the second largest, so that one lazy start in an
    /// idle stretch does not hide every leak. Where nothing is driven at all, bytes take three times the median rest of the trend instead.
    /// </summary>
    public static double Floor(ReadOnlySpan<Stretch> stretches, DriveMode mode, MetricNature nature, bool byTime, double rate)
    {
        var changes = new List<double>();
        foreach (Stretch stretch in stretches)
        {
            if (stretch.Idle || mode == DriveMode.Time)
            {
                changes.Add(Math.Abs(stretch.Growth - (byTime ? rate * stretch.Seconds : 0)));
            }
        }

        changes.Sort();
        if (mode == DriveMode.Time)
        {
            return nature == MetricNature.Bytes && changes.Count > 0 ? 3 * changes[changes.Count / 2] : 0;
        }

        return changes.Count switch
        {
            0 => 0,
            < 3 => changes[^1],
            _ => changes[^2],
        };
    }
}
