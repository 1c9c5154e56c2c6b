using System.Collections.Immutable;
using Limpet.Cli.Watching.Tree;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Watching;

/// <summary>What the readings of a run were, one after the other: series, peaks, and the readings that failed to come.</summary>
/// <param name="tree">What is read.</param>
/// <param name="period">The time between two readings.</param>
/// <param name="maxRss">The budget of resident memory; null when there is none.</param>
internal sealed class WatchCourse(WatchTree tree, TimeSpan period, long? maxRss)
{
    private readonly ThinnedSeries rss = new(), fds = new(), threads = new(), children = new();

    /// <summary>The largest of each figure.</summary>
    public TreeFigures Peak { get; private set; } = new();

    /// <summary>The largest resident memory, each page counted once where that decides about the budget.</summary>
    public long PeakMemory { get; private set; }

    /// <summary>Readings that were taken.</summary>
    public long Samples { get; private set; }

    /// <summary>Readings that were due within gaps.</summary>
    public long Missed { get; private set; }

    /// <summary>How often more than two readings in a row were not taken.</summary>
    public int Gaps { get; private set; }

    public TimeSpan LongestGap { get; private set; }

    public IReadOnlyDictionary<string, ImmutableArray<SeriesPoint>> Series => new Dictionary<string, ImmutableArray<SeriesPoint>>
    {
        ["rssBytes"] = rss.Points,
        ["fds"] = fds.Points,
        ["threads"] = threads.Points,
        ["children"] = children.Points,
    };

    /// <summary>Counts a reading.</summary>
    /// <param name="since">The time since the one before.</param>
    public void Count(TimeSpan since)
    {
        Samples++;
        if (since > 3 * period)
        {
            Gaps++;
            Missed += (long)(since / period) - 1;
            LongestGap = since > LongestGap ? since : LongestGap;
        }
    }

    /// <summary>Takes in what was read.</summary>
    public void Note(TreePulse pulse)
    {
        if (pulse.Processes == 0)
        {
            return; // all had ended: nothing was measured, and not 0
        }

        rss.Add(pulse.At, pulse.Rss);
        threads.Add(pulse.At, pulse.Threads);
        children.Add(pulse.At, pulse.Children);
        if (pulse.Descriptors is { } open)
        {
            fds.Add(pulse.At, open);
        }

        Peak = new TreeFigures
        {
            RssBytes = Math.Max(Peak.RssBytes ?? 0, pulse.Rss),
            PssBytes = Peak.PssBytes is null ? pulse.Pss : Math.Max(Peak.PssBytes.Value, pulse.Pss ?? 0),
            Fds = Peak.Fds is null ? pulse.Descriptors : Math.Max(Peak.Fds.Value, pulse.Descriptors ?? 0),
            Threads = Math.Max(Peak.Threads ?? 0, pulse.Threads),
            Children = Math.Max(Peak.Children ?? 0, pulse.Children),
        };
        PeakMemory = Math.Max(PeakMemory, pulse.Processes > 1 && pulse.Rss > maxRss && pulse.Rss > PeakMemory ? Proportional() : pulse.Rss);
    }

    /// <summary>What processes share stands in each of their sums: only where that decides, each page is counted once.</summary>
    private long Proportional()
    {
        FollowedProcess[] processes;
        lock (tree.Gate)
        {
            processes = [.. tree.Alive.Where(process => !process.IsZombie)];
        }

        long memory = processes.Sum(process => ProcessReaders.Reader.Read(process.Pid, ProcessParts.Memory) is { Pss: { } pss } ? pss.Bytes : process.Pulse.Rss.Bytes);
        tree.TakePss(memory);
        return memory;
    }
}
