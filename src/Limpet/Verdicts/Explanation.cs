namespace Limpet.Verdicts;

/// <summary>Whether operations or time explain the growth better.</summary>
internal static class Explanation
{
    /// <summary>The share of the growth that time predicts for the idle stretches which must be seen there.</summary>
    private const double IdleShare = 0.5;

    /// <summary>Stretches must differ in length by this much before equal growth says anything.</summary>
    private const double ReadingContrast = 1.3;

    /// <summary>How far a stretch's growth may be from the mean.</summary>
    private const double ReadingTolerance = 0.1;

    public static bool HasIdle(ReadOnlySpan<Stretch> stretches)
    {
        foreach (Stretch stretch in stretches)
        {
            if (stretch.Idle)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Time wins when it leaves the smaller squared rest of two regressions through the origin, and idle stretches grew as it predicts.
    /// Without an idle stretch the two cannot be told apart, and operations are taken; the dose then decides.
    /// </summary>
    public static bool IsTime(ReadOnlySpan<Stretch> stretches)
    {
        (double idleGrowth, double idleSeconds) = Idle(stretches);
        return idleSeconds > 0
            && Rest(stretches, byTime: true, out double rate) < Rest(stretches, byTime: false, out _)
            && rate > 0
            && idleGrowth >= IdleShare * rate * idleSeconds;
    }

    /// <summary>
    /// Whether it grows by the same with each reading, however long or short the stretch before it, driven or not: then the readings are the
    /// cause, such as a session that the target opens for each. Only a near-constant growth is taken for that.
    /// </summary>
    public static bool IsReadings(ReadOnlySpan<Stretch> stretches)
    {
        double mean = 0, shortest = double.PositiveInfinity, longest = 0;
        foreach (Stretch stretch in stretches)
        {
            mean += stretch.Growth / stretches.Length;
            shortest = Math.Min(shortest, stretch.Seconds);
            longest = Math.Max(longest, stretch.Seconds);
        }

        if (!HasIdle(stretches) || longest < ReadingContrast * shortest)
        {
            return false;
        }

        foreach (Stretch stretch in stretches)
        {
            if (Math.Abs(stretch.Growth - mean) > ReadingTolerance * mean)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether enough growth was due in the idle stretches for its presence there to be no chance.</summary>
    public static bool IdleIsEnough(ReadOnlySpan<Stretch> stretches, GrowthEvidence evidence, VerdictOptions options)
    {
        double due = evidence.Net / evidence.Seconds * Idle(stretches).Seconds;
        return due >= evidence.Smallest / options.WindowRounds;
    }

    /// <summary>By how much the metric fell over all idle stretches together; 0 when it rose.</summary>
    public static double FallsWhileIdle(ReadOnlySpan<Stretch> stretches) => Math.Max(0, -Idle(stretches).Growth);

    private static (double Growth, double Seconds) Idle(ReadOnlySpan<Stretch> stretches)
    {
        double growth = 0, seconds = 0;
        foreach (Stretch stretch in stretches)
        {
            growth += stretch.Idle ? stretch.Growth : 0;
            seconds += stretch.Idle ? stretch.Seconds : 0;
        }

        return (growth, seconds);
    }

    private static double Rest(ReadOnlySpan<Stretch> stretches, bool byTime, out double rate)
    {
        double xy = 0, xx = 0, rest = 0;
        foreach (Stretch stretch in stretches)
        {
            xy += stretch.Work(byTime) * stretch.Growth;
            xx += stretch.Work(byTime) * stretch.Work(byTime);
        }

        rate = xx > 0 ? xy / xx : 0;
        foreach (Stretch stretch in stretches)
        {
            double difference = stretch.Growth - (rate * stretch.Work(byTime));
            rest += difference * difference;
        }

        return rest;
    }
}
