using Limpet.Resources;

namespace Limpet.Cli.Hunting.Run;

/// <summary>
/// How many descriptors a target may still open. A program that leaks them ends at its limit: driving stops before, so that what was
/// measured can still be asked about, and the program runs on.
/// </summary>
/// <param name="Limit">Its soft limit; null when it is not known or there is none.</param>
internal sealed record DescriptorRoom(int? Limit)
{
    /// <summary>Share of the limit that a hunt goes to.</summary>
    private const double Share = 0.75;

    /// <summary>The limit of a process.</summary>
    public static DescriptorRoom Of(int pid) => new(ProcessReaders.Limits.OpenFiles(pid) is { } limit and <= int.MaxValue ? (int)limit : null);

    /// <summary>Operations that fit into the room at the rate seen so far; null when descriptors do not grow, or have no limit.</summary>
    public long? OperationsLeft(HuntLog log) => log.Readings.Count < 2 ? null
        : OperationsLeft(log.Readings[0].Metrics[Metric.Descriptors], log.Readings[^1].Metrics[Metric.Descriptors], log.OperationsAfter(0));

    /// <inheritdoc cref="OperationsLeft(HuntLog)" />
    /// <param name="before">Descriptors that were open at first.</param>
    /// <param name="now">Descriptors that are open now.</param>
    /// <param name="operations">Operations in between.</param>
    public long? OperationsLeft(double before, double now, long operations) =>
        Limit is { } limit && now > before ? (long)Math.Max(0, ((Share * limit) - now) * Math.Max(1, operations) / (now - before)) : null;

    /// <summary>The largest round of which so many fit that a hunt can come to its verdict.</summary>
    /// <param name="left">Operations that fit.</param>
    /// <param name="otherwise">The largest round where descriptors do not matter.</param>
    public static long LargestRound(long? left, long otherwise)
    {
        const int Rounds = 24;
        const long Smallest = 3;
        return left is { } operations ? Math.Clamp(operations / Rounds, Smallest, otherwise) : otherwise;
    }
}
