using System.Diagnostics;
using Limpet.Cli.Watching.Tree;
using Limpet.Resources;

namespace Limpet.Cli.Watching;

/// <summary>What is dear to read of each process, such as proportional memory: every few seconds and when memory has grown.</summary>
/// <param name="tree">The processes.</param>
/// <param name="longest">How long one tick may read, so that none is late.</param>
internal sealed class DetailReadings(WatchTree tree, TimeSpan longest)
{
    /// <summary>How often they are due.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private const double PeakStep = 1.1;
    private readonly Queue<FollowedProcess> due = [];
    private TimeSpan? last;
    private long peak;

    /// <summary>Reads what is due, a part of it at each tick.</summary>
    public void Tick(TimeSpan now)
    {
        if (last is null || now - last >= Period || tree.Last.Rss > PeakStep * peak)
        {
            last = now;
            peak = Math.Max(tree.Last.Rss, peak);
            Queue();
        }

        if (due.Count > 0 && Read())
        {
            Sum();
        }
    }

    private void Queue()
    {
        lock (tree.Gate)
        {
            foreach (FollowedProcess process in tree.Alive.Where(process => !process.IsZombie && !due.Contains(process)))
            {
                due.Enqueue(process);
            }
        }
    }

    /// <summary>Whether all that was due is read.</summary>
    private bool Read()
    {
        long begin = Stopwatch.GetTimestamp();
        while (due.TryDequeue(out FollowedProcess? process))
        {
            ProcessReading reading = ProcessReaders.Reader.Read(process.Pid, ProcessParts.Memory | ProcessParts.Threads);
            tree.TakeDetails(process, reading);
            process.OpenFilesLimit = ProcessReaders.Limits.OpenFiles(process.Pid) ?? process.OpenFilesLimit;
            if (!reading.Ended)
            {
                process.Details = reading;
            }

            if (Stopwatch.GetElapsedTime(begin) > longest)
            {
                return false;
            }
        }

        return true;
    }

    private void Sum()
    {
        long? sum = 0;
        lock (tree.Gate)
        {
            foreach (FollowedProcess process in tree.Alive.Where(process => !process.IsZombie))
            {
                sum = process.Details?.Pss is { } pss ? sum + pss.Bytes : null;
            }
        }

        if (sum is { } known)
        {
            tree.TakePss(known);
        }
    }
}
