using System.Globalization;

namespace Limpet.Guards;

/// <summary>
/// Judges what a test left when it ran alone: some runs to warm up, a stretch, and one of twice as many runs. A pure function of the counts after each run.
/// </summary>
internal static class DoseJudge
{
    public const int WarmUp = 4;
    public const int Runs = 6;
    public const int AllRuns = WarmUp + Runs + (2 * Runs);
    private const double LeastDose = 1.6;
    private const double MostDose = 2.4;

    /// <summary>Says whether the counts grow with the runs.</summary>
    /// <param name="counts">The count after each of <see cref="AllRuns"/> runs.</param>
    /// <param name="smallest">What a run must leave to count at all; 1 for things that are counted.</param>
    public static (LeftStatus Status, DoseOfRuns Dose, string? Note) Judge(IReadOnlyList<long> counts, long smallest)
    {
        long start = counts[WarmUp - 1];
        long middle = counts[WarmUp + Runs - 1];
        long end = counts[AllRuns - 1];
        DoseOfRuns dose = new(WarmUp, Runs, middle - start, 2 * Runs, end - middle);
        if (dose.DoubledGrowth <= 0 || (smallest > 1 && dose.DoubledGrowth < smallest * dose.DoubledRuns))
        {
            return (LeftStatus.FirstUseOnly, dose, null);
        }

        // Things may stay of every third run only; bytes of each, or they are noise.
        long least = smallest > 1 ? smallest * Runs : 2;
        double ratio = dose.Growth > 0 ? (double)dose.DoubledGrowth / dose.Growth : 0;
        if (dose.Growth >= least && ratio is >= LeastDose and <= MostDose && WeakestThird(counts) > 0)
        {
            return (LeftStatus.Confirmed, dose, null);
        }

        return (LeftStatus.NotConfirmed, dose, string.Create(
            CultureInfo.InvariantCulture, $"{dose.Runs} runs left {dose.Growth} more, {dose.DoubledRuns} runs {dose.DoubledGrowth}: not twice as much"));
    }

    private static long WeakestThird(IReadOnlyList<long> counts)
    {
        const int Third = 2 * Runs / 3;
        long weakest = long.MaxValue;
        for (int from = WarmUp + Runs - 1; from + Third < AllRuns; from += Third)
        {
            weakest = Math.Min(weakest, counts[from + Third] - counts[from]);
        }

        return weakest;
    }
}
