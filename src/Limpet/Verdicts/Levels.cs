namespace Limpet.Verdicts;

/// <summary>Facts about the readings themselves, from the first of some stretches to the last.</summary>
internal static class Levels
{
    /// <summary>The largest fall from a peak to a later reading.</summary>
    public static double Drawdown(ReadOnlySpan<Stretch> stretches)
    {
        double level = 0, peak = 0, fall = 0;
        foreach (Stretch stretch in stretches)
        {
            level += stretch.Growth;
            peak = Math.Max(peak, level);
            fall = Math.Max(fall, peak - level);
        }

        return fall;
    }

    /// <summary>The largest rise from a trough to a later reading.</summary>
    public static double Rise(ReadOnlySpan<Stretch> stretches)
    {
        double level = 0, trough = 0, rise = 0;
        foreach (Stretch stretch in stretches)
        {
            level += stretch.Growth;
            trough = Math.Min(trough, level);
            rise = Math.Max(rise, level - trough);
        }

        return rise;
    }

    /// <summary>Highest less lowest reading.</summary>
    public static double Range(ReadOnlySpan<Stretch> stretches)
    {
        double level = 0, high = 0, low = 0;
        foreach (Stretch stretch in stretches)
        {
            level += stretch.Growth;
            high = Math.Max(high, level);
            low = Math.Min(low, level);
        }

        return high - low;
    }

    /// <summary>How far the last reading is above the highest one before the deepest fall; negative when it is below.</summary>
    public static double AboveEarlierPeak(ReadOnlySpan<Stretch> stretches)
    {
        double level = 0, peak = 0, fall = 0, before = 0;
        foreach (Stretch stretch in stretches)
        {
            level += stretch.Growth;
            peak = Math.Max(peak, level);
            if (peak - level > fall)
            {
                fall = peak - level;
                before = peak;
            }
        }

        return level - before;
    }
}
