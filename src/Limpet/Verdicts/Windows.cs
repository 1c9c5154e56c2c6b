namespace Limpet.Verdicts;

/// <summary>
/// Growth in the weakest window. A mean, a trend and a median of deltas can each be made by one step; the weakest of several windows cannot.
/// </summary>
internal static class Windows
{
    /// <summary>
    /// Merges stretches from the last backwards until each window has <paramref name="expected"/> growth due, and then twice that and so
    /// on, as long as <see cref="VerdictOptions.WindowRounds"/> windows remain: a leak on every third operation, or in bursts, needs wider ones.
    /// </summary>
    /// <returns>Growth per unit of work in the weakest window, or null when some window hardly grew however they were merged.</returns>
    public static double? Weakest(ReadOnlySpan<Stretch> stretches, bool byTime, double rate, double expected, VerdictOptions options)
    {
        for (double due = expected; ; due *= 2)
        {
            double weakest = Smallest(stretches, byTime, due / rate, out int windows);
            if (windows < options.WindowRounds)
            {
                return null;
            }

            if (weakest > 0 && weakest >= options.WeakestShare * rate)
            {
                return weakest;
            }
        }
    }

    private static double Smallest(ReadOnlySpan<Stretch> stretches, bool byTime, double size, out int windows)
    {
        double smallest = double.PositiveInfinity;
        double work = 0, growth = 0;
        windows = 0;
        double rest = 0;
        foreach (Stretch stretch in stretches)
        {
            rest += stretch.Work(byTime);
        }

        for (int i = stretches.Length - 1; i >= 0; i--)
        {
            work += stretches[i].Work(byTime);
            growth += stretches[i].Growth;
            rest -= stretches[i].Work(byTime);

            // What is left at the front and is too small for a window of its own belongs to the first one.
            if (i == 0 || (work >= size * 0.999 && rest >= size * 0.999))
            {
                smallest = Math.Min(smallest, growth / work);
                windows++;
                (work, growth) = (0, 0);
            }
        }

        return smallest;
    }
}
