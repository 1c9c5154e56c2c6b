using Limpet.Resources;

namespace Limpet.Cli.Watching.Tree;

/// <summary>What is cheap to read of each process, and its sum over the tree; with it, who has ended.</summary>
/// <param name="follower">The processes.</param>
/// <param name="ended">Those that have ended.</param>
/// <param name="memory">The memory that was read at marks.</param>
internal sealed class PulseReadings(TreeFollower follower, EndedProcesses ended, MemoryReadings memory)
{
    /// <summary>So long after its start a process may run another program yet, or write over its command line.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    /// <summary>Reads every process.</summary>
    /// <param name="now">The time.</param>
    /// <param name="commands">Whether to read the command lines again, also of processes that are not young.</param>
    public void Read(TimeSpan now, bool commands)
    {
        foreach (FollowedProcess process in (FollowedProcess[])[.. follower.Alive])
        {
            if (process.Probe.Read() is not { } pulse)
            {
                End(process, now, null);
                continue;
            }

            if (pulse.Ended && !process.IsZombie)
            {
                process.IsZombie = true;
                process.EndedAt = now;
                process.ExitCode ??= pulse.ExitCode is 0 && pulse.Rss.Bytes > 0 ? null : pulse.ExitCode;
                ended.Release(process, now);
            }

            bool otherProgram = pulse.Program != process.Pulse.Program;
            process.Pulse = pulse.Ended ? pulse with { Cpu = process.Pulse.Cpu > pulse.Cpu ? process.Pulse.Cpu : pulse.Cpu } : pulse;
            process.Self.LastSeen = now;
            if (process.IsZombie)
            {
                if (follower.TryReap(process, now))
                {
                    ended.Add(process, now);
                }

                continue;
            }

            process.PeakRss = Math.Max(process.PeakRss, pulse.Rss.Bytes);
            process.PeakThreads = Math.Max(process.PeakThreads, pulse.Threads);
            process.Course.Add(now, process);
            bool settled = now - process.StartedAt >= Settled;
            bool due = commands || otherProgram || (settled ? !process.IsSettled : pulse.Program == 0);
            process.IsSettled = settled;
            if (due && process.Probe.ReadCommandLine() is { IsEmpty: false } command)
            {
                process.Command = process.Self.Command = command;
            }
        }
    }

    /// <summary>Notes that a process has ended.</summary>
    public void End(FollowedProcess process, TimeSpan now, int? exitCode)
    {
        follower.End(process, now, exitCode);
        ended.Add(process, now);
    }

    /// <summary>The sum of what was read last.</summary>
    public TreePulse Sum(TimeSpan now)
    {
        long rss = 0, threads = 0;
        long? descriptors = null;
        int processes = 0;
        double cpu = ended.CpuSeconds;
        foreach (FollowedProcess process in follower.Alive)
        {
            cpu += process.Pulse.Cpu.TotalSeconds;
            if (process.IsZombie)
            {
                continue;
            }

            processes++;
            rss += process.Pulse.Rss.Bytes;
            threads += process.Pulse.Threads;
            descriptors = process.DescriptorCount is { } count ? (descriptors ?? 0) + count : descriptors;
        }

        return new TreePulse(now, rss, memory.TakeSum(), descriptors, threads, processes, cpu);
    }
}
