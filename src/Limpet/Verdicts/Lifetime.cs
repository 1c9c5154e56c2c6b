using System.Collections.Immutable;

namespace Limpet.Verdicts;

/// <summary>
/// Whether a count follows what was done in the last seconds, as entries do that expire: then it rises and falls with the pace of the operations, and grows
/// for as long as an entry lives and no longer. For each time to live the readings are fitted by the operations within it (least squares), and the
/// best is held against the fit by all operations, which is that of a leak. O(rounds² × times).
/// </summary>
internal static class Lifetime
{
    /// <summary>Share of the variance that must be explained.</summary>
    private const double Explained = 0.95;

    /// <summary>How many times what is left unexplained must be larger when all operations count.</summary>
    private const double BetterThanALeak = 5;

    /// <summary>Readings below which a fit proves nothing.</summary>
    private const int FewestReadings = 12;

    /// <summary>Times to live that are tried.</summary>
    private const int Times = 60;

    /// <summary>The seconds for which what is counted lives; null when it does not follow them. A run must be twice as long to tell.</summary>
    public static double? Of(ImmutableArray<Stretch> before, ImmutableArray<Stretch> judged)
    {
        ImmutableArray<Stretch> all = before.AddRange(judged);
        if (judged.Length < FewestReadings)
        {
            return null;
        }

        double total = all.Sum(stretch => stretch.Seconds);
        double shortest = 2 * judged.Average(stretch => stretch.Seconds);
        double leak = Unexplained(all, before.Length, double.PositiveInfinity);
        double best = double.PositiveInfinity, life = 0;
        for (int time = 0; time < Times && shortest < total / 2; time++)
        {
            double seconds = shortest * Math.Pow(total / 2 / shortest, (double)time / (Times - 1));
            double left = Unexplained(all, before.Length, seconds);
            (best, life) = left < best ? (left, seconds) : (best, life);
        }

        return best <= 1 - Explained && best * BetterThanALeak <= leak && life < 0.99 * total / 2 ? life : null;
    }

    /// <summary>Share of the readings' variance that the operations of the last <paramref name="seconds"/> leave unexplained; 1 where they explain nothing, or have the wrong sign.</summary>
    private static double Unexplained(ImmutableArray<Stretch> all, int first, double seconds)
    {
        var level = new List<double>();
        var done = new List<double>();
        double value = 0;
        for (int reading = 0; reading < all.Length; reading++)
        {
            value += all[reading].Growth;
            if (reading >= first)
            {
                level.Add(value);
                done.Add(Within(all, reading, seconds));
            }
        }

        double meanLevel = level.Average(), meanDone = done.Average();
        double both = 0, ofLevel = 0, ofDone = 0;
        for (int i = 0; i < level.Count; i++)
        {
            both += (level[i] - meanLevel) * (done[i] - meanDone);
            ofLevel += (level[i] - meanLevel) * (level[i] - meanLevel);
            ofDone += (done[i] - meanDone) * (done[i] - meanDone);
        }

        return ofLevel <= 0 || ofDone <= 0 || both <= 0 ? 1 : 1 - (both * both / (ofLevel * ofDone));
    }

    /// <summary>Operations in the last seconds before a reading; those of a stretch are taken as spread over it.</summary>
    private static double Within(ImmutableArray<Stretch> all, int reading, double seconds)
    {
        double operations = 0;
        for (int stretch = reading; stretch >= 0 && seconds > 0; stretch--)
        {
            double share = all[stretch].Seconds <= 0 ? 1 : Math.Min(1, seconds / all[stretch].Seconds);
            operations += share * all[stretch].Operations;
            seconds -= all[stretch].Seconds;
        }

        return operations;
    }
}
