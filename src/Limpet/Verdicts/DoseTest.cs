using Limpet.Results;

namespace Limpet.Verdicts;

/// <summary>Compares the growth of stretches with more work to that of stretches with less, per reading.</summary>
internal static class DoseTest
{
    /// <summary>Below this ratio of work the two groups are too alike for their growth to tell them apart.</summary>
    private const double SmallestRatio = 1.4;

    /// <summary>Time is doubled on purpose, by long idle stretches: dose rounds alone take longer, but not twice as long.</summary>
    private const double SmallestTimeRatio = 1.7;

    /// <summary>Fewer readings than this on either side are chance.</summary>
    private const int SmallestGroup = 2;

    /// <summary>Operations: dose rounds against base rounds. Null when either is missing; <paramref name="wanted"/> then says which.</summary>
    public static DoseResult? OfRounds(ReadOnlySpan<Stretch> stretches, bool byTime, out RoundKind? wanted)
    {
        Group small = default;
        Group large = default;
        foreach (Stretch stretch in stretches)
        {
            if (stretch.Kind == RoundKind.Base)
            {
                small.Add(stretch, byTime);
            }
            else if (stretch.Kind == RoundKind.Dose)
            {
                large.Add(stretch, byTime);
            }
        }

        wanted = small.Readings < SmallestGroup ? RoundKind.Base : large.Readings < SmallestGroup ? RoundKind.Dose : null;
        return wanted is null ? Compare(small, large) : null;
    }

    /// <summary>Time: long stretches against short ones, driven or not.</summary>
    public static DoseResult? OfTime(ReadOnlySpan<Stretch> stretches)
    {
        double[] seconds = new double[stretches.Length];
        for (int i = 0; i < seconds.Length; i++)
        {
            seconds[i] = stretches[i].Seconds;
        }

        Array.Sort(seconds);
        double middle = seconds.AsSpan(0, (seconds.Length + 1) / 2).ToArray().Average();
        Group small = default;
        Group large = default;
        foreach (Stretch stretch in stretches)
        {
            (stretch.Seconds >= SmallestTimeRatio * middle ? ref large : ref small).Add(stretch, byTime: true);
        }

        return small.Readings < SmallestGroup || large.Readings < SmallestGroup ? null : Compare(small, large);
    }

    private static DoseResult? Compare(Group small, Group large)
    {
        double expected = large.Work / large.Readings / (small.Work / small.Readings);
        return expected < SmallestRatio || !double.IsFinite(expected) || small.Growth <= 0
            ? null
            : new DoseResult(expected, large.Growth / large.Readings / (small.Growth / small.Readings));
    }

    private record struct Group(int Readings, double Work, double Growth)
    {
        public void Add(Stretch stretch, bool byTime)
        {
            Readings += Math.Max(1, stretch.Driven);
            Work += stretch.Work(byTime);
            Growth += stretch.Growth;
        }
    }
}
