namespace Limpet.Verdicts;

/// <summary>Whether growth slows down, as that of a cache does while it fills.</summary>
internal static class Fading
{
    /// <summary>Rounds at the end that are looked at one by one: a cap may have been reached in the last of them.</summary>
    private const int EndRounds = 2;

    /// <summary>Earlier growth below this share of the later is a start-up that a leak has outgrown.</summary>
    private const double SmallestTransient = 0.25;

    /// <summary>Standard deviations beyond which earlier growth was faster by more than chance.</summary>
    private const double ChanceOfTransient = 1.5;

    /// <summary>Standard deviations of a count that comes by chance.</summary>
    private const double ChanceOfEnd = 2.5;

    /// <summary>The rates of both halves of the work.</summary>
    public static (double Earlier, double Later) Halves(ReadOnlySpan<Stretch> stretches, bool byTime)
    {
        double total = 0;
        foreach (Stretch stretch in stretches)
        {
            total += stretch.Work(byTime);
        }

        double work = 0, growth = 0, laterWork = 0, laterGrowth = 0;
        foreach (Stretch stretch in stretches)
        {
            bool later = work + (stretch.Work(byTime) / 2) > total / 2;
            if (later || laterWork > 0)
            {
                laterWork += stretch.Work(byTime);
                laterGrowth += stretch.Growth;
            }
            else
            {
                work += stretch.Work(byTime);
                growth += stretch.Growth;
            }
        }

        return (work > 0 ? growth / work : 0, laterWork > 0 ? laterGrowth / laterWork : 0);
    }

    /// <summary>Whether one of the ends of the line, its last driven stretch or its last two, is lower than chance makes it.</summary>
    public static bool Stops(ReadOnlySpan<Stretch> stretches, bool byTime, double rate, double share, MetricNature nature, double noise)
    {
        double work = 0, growth = 0;
        int driven = 0;
        for (int i = stretches.Length - 1; i >= 0 && driven < EndRounds; i--)
        {
            work += stretches[i].Work(byTime);
            growth += stretches[i].Growth;
            driven += stretches[i].Idle ? 0 : 1;
            double due = rate * work;
            double chance = nature == MetricNature.Count ? (ChanceOfEnd * Math.Sqrt(due)) + noise : 2 * noise;
            if (growth < share * due && due - growth > chance)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether there was much growth, and faster, and faster, before the onset: then what follows is the tail of a curve that levels off. One stretch is
    /// left out, for a single step before a leak is not a curve.
    /// </summary>
    public static bool FasterBefore(ReadOnlySpan<Stretch> before, bool byTime, double net, double rate, double share)
    {
        int step = 0;
        for (int i = 1; i < before.Length; i++)
        {
            step = before[i].Growth > before[step].Growth ? i : step;
        }

        double work = 0, growth = 0;
        for (int i = 0; i < before.Length; i++)
        {
            work += i == step ? 0 : before[i].Work(byTime);
            growth += i == step ? 0 : before[i].Growth;
        }

        double excess = growth - (rate * work);
        return growth > SmallestTransient * net && rate * work < share * growth && excess > ChanceOfTransient * Math.Sqrt(growth);
    }
}
