using System.Collections.Immutable;
using System.Globalization;

namespace Limpet.Cli.Hunting.Run;

/// <summary>
/// How many descriptors a target may still open. A program that leaks them ends at its limit: driving stops before, so that what was
/// measured can still be asked about, and the program runs on.
/// </summary>
/// <param name="Limits">The limits that it has.</param>
internal sealed record DescriptorRoom(ImmutableArray<DescriptorLimit> Limits)
{
    /// <summary>The room of a process, before the first operation is driven.</summary>
    public static DescriptorRoom Of(int pid) => new([DescriptorLimit.OfFiles(pid), DescriptorLimit.OfInotify(pid)]);

    /// <summary>Operations that fit into the room at the rate seen so far; null when nothing grows, or has no limit.</summary>
    public long? OperationsLeft(HuntLog log) => Limits.Min(limit => OperationsLeft(log, limit));

    /// <summary>Says why no more operations are driven.</summary>
    public string WhyStopped(HuntLog log, long operations)
    {
        DescriptorLimit nearest = Limits.MinBy(limit => OperationsLeft(log, limit) ?? long.MaxValue)!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Driving stopped at {nearest.CountIn(log.Readings[^1]):#,0} {nearest.What}: {operations:#,0} operations more would bring the target near {nearest.Whose} of {nearest.Value:#,0}.");
    }

    /// <summary>The largest round of which so many fit that a hunt can come to its verdict.</summary>
    /// <param name="left">Operations that fit.</param>
    /// <param name="otherwise">The largest round where descriptors do not matter.</param>
    public static long LargestRound(long? left, long otherwise)
    {
        const int Rounds = 24;
        const long Smallest = 3;
        return left is { } operations ? Math.Clamp(operations / Rounds, Smallest, otherwise) : otherwise;
    }

    private static long? OperationsLeft(HuntLog log, DescriptorLimit limit) => log.Readings.Count switch
    {
        0 => null,
        1 => limit.AtStart is { } before ? limit.OperationsLeft(before, limit.CountIn(log.Readings[0]), log.History.Rounds[0].Operations) : null,
        _ => limit.OperationsLeft(limit.CountIn(log.Readings[0]), limit.CountIn(log.Readings[^1]), log.OperationsAfter(0)),
    };
}
