using Limpet.Cli.Watching.Phases;

namespace Limpet.Cli.Watching.Tree;

/// <summary>The processes of a tree that have ended, and what they still had.</summary>
/// <param name="book">The phases.</param>
internal sealed class EndedProcesses(PhaseBook book)
{
    /// <summary>Ended processes that are kept; beyond, those that took least are counted only.</summary>
    private const int MostKept = 400;

    private readonly List<FollowedProcess> kept = [];
    private readonly List<Item> left = [];

    /// <summary>Those that are kept.</summary>
    public IReadOnlyList<FollowedProcess> Kept => kept;

    /// <summary>How many are not.</summary>
    public int Forgotten { get; private set; }

    /// <summary>Processor time of all of them.</summary>
    public double CpuSeconds { get; private set; }

    /// <summary>What they still had when they ended, beyond the phase in which they got it.</summary>
    public IReadOnlyList<Item> Left => left;

    /// <summary>Takes in what was closed behind the last phase.</summary>
    public void AddLeft(IEnumerable<Item> items) => left.AddRange(items);

    /// <summary>Takes in a process that has ended.</summary>
    public void Add(FollowedProcess process, TimeSpan now)
    {
        CpuSeconds += process.Pulse.Cpu.TotalSeconds;
        Release(process, now);
        kept.Add(process);
        if (kept.Count > MostKept)
        {
            FollowedProcess least = kept.Where(one => one.Levels.Count < 4).MinBy(one => one.PeakRss) ?? kept[0];
            kept.Remove(least);
            Forgotten++;
        }
    }

    /// <summary>What a process that ended still had. The kernel has taken it back; whether the program would have is not known of what it got last.</summary>
    public void Release(FollowedProcess process, TimeSpan now)
    {
        IEnumerable<Item> closed = process.LastClosed.Where(one => now - one.At <= DescriptorReadings.OnTheWayOut).Select(one => one.Item);
        foreach (Item item in process.Descriptors.Values.Concat(process.Threads.Values).Concat(closed).Where(item => item.Owner >= 0 && item.Owner < book.Open.Number))
        {
            // Behind the tear-down of everything a mark has come, or nobody knows that there was none.
            item.Unproven = !book.Closed;
            left.Add(item);
        }

        process.LastClosed.Clear();
        if (book.Any)
        {
            process.Descriptors.Clear();
        }

        process.Threads.Clear();
    }
}
