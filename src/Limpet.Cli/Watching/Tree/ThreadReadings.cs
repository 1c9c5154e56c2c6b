using Limpet.Cli.Watching.Phases;
using Limpet.Resources;

namespace Limpet.Cli.Watching.Tree;

/// <summary>The threads of a tree: who started them, and whether they still run.</summary>
/// <param name="follower">The processes.</param>
/// <param name="book">The phases.</param>
/// <param name="sinceStart">Turns a time since the machine started into one since the run began.</param>
/// <param name="phaseAt">The phase in which something started.</param>
internal sealed class ThreadReadings(TreeFollower follower, PhaseBook book, Func<TimeSpan, TimeSpan> sinceStart, Func<TimeSpan, int> phaseAt)
{
    /// <summary>Reads the threads that were listed at a mark.</summary>
    public void Read(TimeSpan now, int reading)
    {
        foreach (FollowedProcess process in follower.Alive)
        {
            if (!process.ThreadsListed)
            {
                continue;
            }

            foreach (int thread in process.ThreadNumbers)
            {
                if (thread == process.Pid)
                {
                    Use(process.Self, process, thread);
                    continue;
                }

                if (!process.Threads.TryGetValue(thread, out Item? item))
                {
                    if (process.Probe.ReadThread(thread) is not { } pulse)
                    {
                        continue;
                    }

                    TimeSpan start = sinceStart(ProcessReaders.SinceBootOf(pulse.StartTime));
                    int phase = phaseAt(start);
                    process.Threads[thread] = item = new Item
                    {
                        Kind = ItemKind.Thread,
                        Pid = process.Pid,
                        Owner = phase == process.BornIn ? Item.NoPhase : phase,
                        StartedAt = start,
                        Name = pulse.Name,
                    };
                }

                item.LastSeen = now;
                item.LastMark = reading;
                Use(item, process, thread);
            }

            foreach (int gone in process.Threads.Where(pair => pair.Value.LastMark != reading).Select(pair => pair.Key).ToArray())
            {
                process.Threads.Remove(gone);
            }
        }
    }

    /// <summary>Notes which of the known threads are still there.</summary>
    public void See(TimeSpan now)
    {
        foreach (FollowedProcess process in follower.Alive.Where(process => process.ThreadsListed && process.Threads.Count > 0))
        {
            foreach (int thread in process.ThreadNumbers)
            {
                if (process.Threads.TryGetValue(thread, out Item? known))
                {
                    known.LastSeen = now;
                }
            }
        }
    }

    private void Use(Item item, FollowedProcess process, int thread)
    {
        if (item.Owner < 0 || process.Probe.ReadThreadRuns(thread) is not { } runs)
        {
            return;
        }

        item.PhasesUsed += item.Owner < book.Open.Number && runs > item.Runs ? 1 : 0;
        item.Runs = runs;
    }
}
