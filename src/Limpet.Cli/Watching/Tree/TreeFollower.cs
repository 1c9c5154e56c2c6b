using System.Collections.Immutable;
using Limpet.Capture.Children;
using Limpet.Resources;

namespace Limpet.Cli.Watching.Tree;

/// <summary>
/// Which processes belong to the tree. Of a command: everything that descends from this process, which has adopted what lost its parent. Of a
/// process that was there before: it, its descendants, and what was seen to descend from it before its parent ended.
/// </summary>
internal sealed class TreeFollower : IDisposable
{
    private readonly IProcessArrivals arrivals = ProcessReaders.Arrivals();
    private readonly Dictionary<int, FollowedProcess> alive = [];
    private readonly List<int> appeared = [];
    private readonly List<(IProcessProbe Probe, ProcessPulse Pulse)> candidates = [];
    private readonly int root;
    private readonly bool isOwnChild;
    private readonly TimeSpan bootAtStart;
    private bool rootSeen;

    /// <param name="root">The watched process.</param>
    /// <param name="isOwnChild">Whether this process started it.</param>
    /// <param name="bootAtStart">When the run began, on the clock of start times.</param>
    public TreeFollower(int root, bool isOwnChild, TimeSpan bootAtStart) =>
        (this.root, this.isOwnChild, this.bootAtStart) = (root, isOwnChild, bootAtStart);

    /// <summary>The processes that have not ended, zombies among them.</summary>
    public IReadOnlyCollection<FollowedProcess> Alive => alive.Values;

    /// <summary>Processes that were reaped here, because their parent had ended before them.</summary>
    public int Reaped { get; private set; }

    /// <summary>Looks for new processes.</summary>
    /// <param name="all">Whether to look at all ids of the machine again.</param>
    /// <param name="phaseAt">The phase in which a process started, by its start time from the start of the run.</param>
    /// <param name="now">The time.</param>
    public void Look(bool all, Func<TimeSpan, int> phaseAt, TimeSpan now)
    {
        arrivals.List(appeared, all);
        IProcessProbe[] opened = [.. appeared.Where(pid => pid != Environment.ProcessId && !alive.ContainsKey(pid)).Select(ProcessReaders.Open).OfType<IProcessProbe>()];
        candidates.Clear();
        foreach (IProcessProbe probe in opened)
        {
            if (probe.Read() is { } pulse)
            {
                candidates.Add((probe, pulse));
            }
            else
            {
                probe.Dispose();
            }
        }

        // Parents may come behind their children: ids go round.
        while (candidates.RemoveAll(one => TryTake(one.Probe, one.Pulse, phaseAt, now)) > 0)
        {
        }

        foreach ((IProcessProbe stranger, _) in candidates)
        {
            stranger.Dispose();
        }
    }

    /// <summary>Notes that a process has ended, and reaps it where that is this process's duty.</summary>
    public void End(FollowedProcess process, TimeSpan now, int? exitCode)
    {
        process.EndedAt ??= now;
        process.ExitCode ??= exitCode;
        process.Probe.Dispose();
        alive.Remove(process.Pid);
    }

    /// <summary>Reaps a zombie that was adopted; false when its parent is still to ask about it.</summary>
    public bool TryReap(FollowedProcess process, TimeSpan now)
    {
        if (!isOwnChild || process.Pid == root || process.Pulse.ParentPid != Environment.ProcessId || Adoption.TryReap(process.Pid) is not { } exit)
        {
            return false;
        }

        Reaped++;
        End(process, now, exit.Code);
        return true;
    }

    public void Dispose()
    {
        arrivals.Dispose();
        foreach (FollowedProcess process in alive.Values)
        {
            process.Probe.Dispose();
        }
    }

    private bool TryTake(IProcessProbe probe, ProcessPulse pulse, Func<TimeSpan, int> phaseAt, TimeSpan now)
    {
        // Once it has ended it may be there for long, as a zombie that its parent does not reap: it is not another process then.
        bool belongs = (probe.Pid == root && !rootSeen) || alive.ContainsKey(pulse.ParentPid) || (isOwnChild && pulse.ParentPid == Environment.ProcessId);
        if (belongs)
        {
            Add(probe, pulse, phaseAt, now);
        }

        return belongs;
    }

    private void Add(IProcessProbe probe, ProcessPulse pulse, Func<TimeSpan, int> phaseAt, TimeSpan now)
    {
        TimeSpan started = ProcessReaders.SinceBootOf(probe.StartTime) - bootAtStart;
        int phase = probe.Pid == root ? Item.NoPhase : phaseAt(started);
        ImmutableArray<string> command = probe.ReadCommandLine();
        rootSeen |= probe.Pid == root;
        alive[probe.Pid] = new FollowedProcess(probe, pulse.ParentPid, started, phase)
        {
            Pulse = pulse,
            Command = command,
            Self = new Item { Kind = ItemKind.Child, Pid = probe.Pid, Owner = phase, LastSeen = now, Command = command },
        };
    }
}
