using System.Globalization;
using Limpet.Resources;

namespace Limpet.Cli.Hunting.Run;

/// <summary>A limit on what a process may open.</summary>
/// <param name="Value">The limit; null when it is not known or there is none.</param>
/// <param name="What">What is limited, in the plural.</param>
/// <param name="Whose">Whose limit it is.</param>
internal sealed record DescriptorLimit(int? Value, string What, string Whose)
{
    /// <summary>Share of the limit that a hunt goes to.</summary>
    private const double Share = 0.75;

    private const string Inotify = "inotify instances";

    /// <summary>The soft limit of a process's open files.</summary>
    public static DescriptorLimit OfFiles(int pid) =>
        new(Read($"/proc/{pid}/limits", lines => lines.FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3)), "open descriptors", "its limit");

    /// <summary>How many inotify instances a user may have; every file watcher of .NET is one. Others of the same user count too and are not seen here.</summary>
    public static DescriptorLimit OfInotify(int pid) => new(Read("/proc/sys/fs/inotify/max_user_instances", lines => lines.FirstOrDefault()), Inotify, "its user's limit")
    {
        AtStart = InotifyIn(ProcessReaders.Reader.Read(pid, ProcessParts.Descriptors)),
    };

    /// <summary>
    /// How many there were before the first operation, where already the first few operations tell the rate: the limit is so low that a round of ordinary length may use it up. Null
    /// where programs open some once and for all with their first work.
    /// </summary>
    public double? AtStart { get; init; }

    /// <summary>How many are there in a reading.</summary>
    public double CountIn(SettledReading reading) => What == Inotify ? InotifyIn(reading.Settled) : reading.Metrics[Metric.Descriptors];

    /// <summary>Operations that fit below the limit at the rate seen so far; null when nothing grows, or there is no limit.</summary>
    /// <param name="before">How many there were at first.</param>
    /// <param name="now">How many there are now.</param>
    /// <param name="operations">Operations in between.</param>
    public long? OperationsLeft(double before, double now, long operations) =>
        Value is { } limit && now > before ? (long)Math.Max(0, ((Share * limit) - now) * Math.Max(1, operations) / (now - before)) : null;

    private static double InotifyIn(ProcessReading reading) => reading.DescriptorsByKind?.GetValueOrDefault(DescriptorKind.Inotify) ?? 0;

    private static int? Read(string file, Func<IEnumerable<string>, string?> find)
    {
        try
        {
            return int.TryParse(find(File.ReadLines(file)), NumberStyles.None, CultureInfo.InvariantCulture, out int limit) ? limit : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or belongs to somebody else: a fact less, which its absence says.
            return null;
        }
    }
}
