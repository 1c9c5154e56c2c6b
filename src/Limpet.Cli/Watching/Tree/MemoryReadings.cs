using System.Diagnostics;
using Limpet.Resources;

namespace Limpet.Cli.Watching.Tree;

/// <summary>The private and proportional memory of a tree, read at marks.</summary>
/// <param name="follower">The processes.</param>
/// <param name="take">Called with each reading.</param>
internal sealed class MemoryReadings(TreeFollower follower, Action<FollowedProcess, ProcessReading> take)
{
    private readonly ReadingPace pace = new();
    private readonly long origin = Stopwatch.GetTimestamp();
    private long? sum;

    /// <summary>The sum of the last reading, once: it is part of the one pulse that it was read for.</summary>
    public long? TakeSum()
    {
        long? taken = sum;
        sum = null;
        return taken;
    }

    /// <summary>Reads the memory of each process, unless that is dear and was done not long ago. Returns the sum; null when there is none.</summary>
    /// <param name="phase">The phase that begins there; <see cref="Item.NoPhase"/> where the open one only ends.</param>
    /// <param name="behindMark">Whether what was taken since the last reading is of the phase that begins.</param>
    /// <param name="noted">The reading at which the open phase ended, when there was one: what was taken since is of the next, what was given back is not.</param>
    public long? Read(int phase, bool behindMark, int? noted)
    {
        TimeSpan now = Stopwatch.GetElapsedTime(origin);
        if (pace.IsTooSoon(now))
        {
            return null;
        }

        bool again = !pace.IsFresh(now);
        long? all = 0;
        foreach (FollowedProcess process in follower.Alive.Where(process => !process.IsZombie))
        {
            long taken = again || process.Memory is null ? Read(process, behindMark) : 0;
            all += process.Pss;
            if (process.Memory is { } bytes && phase != Item.NoPhase)
            {
                bool before = process.Noted.Reading == noted && process.Noted.Memory < bytes;
                process.Levels.Add(before
                    ? new MemoryLevel(phase, process.Noted.Memory!.Value, process.Noted.Arenas)
                    : new MemoryLevel(phase, bytes - taken, process.Arenas));
            }
        }

        sum = all;
        if (again)
        {
            pace.Note(now, Stopwatch.GetElapsedTime(origin) - now, atBound: phase != Item.NoPhase);
        }

        return all;
    }

    /// <summary>Reads one process. Returns what it took since the mark, where that is of the phase that begins.</summary>
    private long Read(FollowedProcess process, bool behindMark)
    {
        ProcessReading reading = ProcessReaders.Reader.Read(process.Pid, ProcessParts.Memory);
        take(process, reading);
        long taken = behindMark && reading.Rss is { } resident ? Math.Max(0, resident.Bytes - process.RssBefore) : 0;
        process.Pss = reading.Ended ? 0 : reading.Pss is { } pss ? Math.Max(0, pss.Bytes - taken) : null;
        process.Memory = reading.Anonymous is { } anonymous ? anonymous.Bytes + (reading.Swap?.Bytes ?? 0) : null;
        process.Arenas = process.Memory is null ? null : process.Probe.ReadAllocatorArenas()?.Bytes;
        return taken;
    }
}
