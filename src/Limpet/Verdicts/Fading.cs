namespace Limpet.Verdicts;

/// <summary>Whether growth slows down, as that of a cache does while it fills.</summary>
internal static class Fading
{
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

    /// <summary>
    /// Whether there was more growth, and faster, before the onset: then what follows is the tail of a curve that levels off. One stretch is
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

        return work > 0 && growth > net && rate < share * (growth / work);
    }
}
