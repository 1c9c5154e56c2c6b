using System.Collections.Immutable;

namespace Limpet.Verdicts;

/// <summary>The rounds that repeat what looks like a leak: large, small and silent ones, in an order that no earlier run of rounds has. The first is not judged.</summary>
public static class RepeatPlan
{
    /// <summary>What is due in a large round, so that chance cannot be half of it.</summary>
    private const double ExpectedPerRound = 10;

    private const double LargeShare = 3.3;
    private const double LargestShare = 10;

    /// <summary>Operations of the three large rounds together, in large rounds.</summary>
    private const double Large = 3;

    /// <summary>Large rounds that the silent ones last as long as.</summary>
    private const double Silent = 2;

    /// <summary>Bytes that are due in a large round, in noise.</summary>
    private const double ExpectedNoise = 4;

    /// <summary>The slowest growth that the rounds are made for, per operation; null where any will do. Bytes are taken by their noise.</summary>
    /// <param name="growing">What grows.</param>
    /// <param name="isBytes">Whether a metric is bytes.</param>
    public static double? Slowest(IEnumerable<Judgement> growing, Func<string, bool> isBytes) => growing
        .Select(growth => !isBytes(growth.Metric) ? growth.PerOperation : growth.NoiseFloor > 0 ? ExpectedPerRound * growth.PerOperation / (ExpectedNoise * growth.NoiseFloor) : (double?)null)
        .Min();

    /// <summary>Plans the rounds. How long a silent one lasts is known when it is due: <see cref="Silence"/>.</summary>
    /// <param name="operations">Operations of a base round.</param>
    /// <param name="slowest">The slowest growth per operation that is to be seen again; null where it is not counted.</param>
    /// <param name="perOperation">How long an operation takes.</param>
    /// <param name="time">The time that there is. Fewer operations than twice a small round's are never driven.</param>
    /// <returns>The number of operations of each round; 0 for a silent one.</returns>
    public static ImmutableArray<long> Of(long operations, double? slowest, TimeSpan perOperation, TimeSpan time)
    {
        long small = Primes.AtLeast(Math.Max(2, operations / 4));
        double wanted = Math.Clamp(ExpectedPerRound / Math.Max(slowest ?? 1, 1e-6), LargeShare * operations, LargestShare * operations);
        double fits = time / Max(perOperation, TimeSpan.FromTicks(1)) / (Large + Silent);
        long large = Primes.NearestTo((long)Math.Round(Math.Max((2 * small) + 1, Math.Min(wanted, fits))));
        return [small, large, 0, Primes.NearestTo(large * 3 / 4), small, 0, Primes.NearestTo(large * 5 / 4), small];
    }

    /// <summary>A silent round lasts as long as the longest round before it, so that what comes after each round, late, has its time; never longer than was set apart for it.</summary>
    /// <param name="longest">The longest round so far.</param>
    /// <param name="time">The time that the rounds were planned for.</param>
    public static TimeSpan Silence(TimeSpan longest, TimeSpan time)
    {
        TimeSpan most = time / (Large + Silent);
        return longest < most ? longest : most;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
