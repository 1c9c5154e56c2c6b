using System.Diagnostics;
using Limpet.Resources;

namespace Limpet.Cli.Watching.Tree;

/// <summary>The private and proportional memory of a tree, read at marks.</summary>
/// <param name="follower">The processes.</param>
/// <param name="take">Called with each reading.</param>
internal sealed class MemoryReadings(TreeFollower follower, Action<FollowedProcess, ProcessReading> take)
{
    /// <summary>Memory that takes longer to read is not read at every mark.</summary>
    private static readonly TimeSpan Dear = TimeSpan.FromMilliseconds(10);

    /// <summary>A reading that was interrupted took long for another reason: so many in a row must be dear.</summary>
    private const int Remembered = 4;

    private readonly Queue<TimeSpan> costs = [];
    private TimeSpan last;
    private long? sum;

    /// <summary>The sum of the last reading, once: it is part of the one pulse that it was read for.</summary>
    public long? TakeSum()
    {
        long? taken = sum;
        sum = null;
        return taken;
    }

    /// <summary>Reads the memory of each process, unless that is dear and was done not long ago. Returns the sum; null when there is none.</summary>
    /// <param name="now">The time.</param>
    /// <param name="phase">The phase that begins there; <see cref="Item.NoPhase"/> where the open one only ends.</param>
    /// <param name="behindMark">Whether what was taken since the last reading is of the phase that begins.</param>
    /// <param name="noted">The reading at which the open phase ended, when there was one: what was taken since is of the next, what was given back is not.</param>
    public long? Read(TimeSpan now, int phase, bool behindMark, int? noted)
    {
        if (costs.Count == Remembered && costs.Min() is var cost && cost > Dear && now - last < 20 * cost)
        {
            return null;
        }

        long begin = Stopwatch.GetTimestamp();
        long? all = 0;
        foreach (FollowedProcess process in follower.Alive.Where(process => !process.IsZombie))
        {
            ProcessReading reading = ProcessReaders.Reader.Read(process.Pid, ProcessParts.Memory);
            take(process, reading);
            long taken = behindMark && reading.Rss is { } resident ? Math.Max(0, resident.Bytes - process.RssBefore) : 0;
            all = all is { } total && reading.Pss is { } pss ? total + Math.Max(0, pss.Bytes - taken) : reading.Ended ? all : null;
            if (reading.Anonymous is { } anonymous)
            {
                process.Memory = anonymous.Bytes + (reading.Swap?.Bytes ?? 0);
                process.Arenas = process.Probe.ReadAllocatorArenas()?.Bytes;
                if (phase != Item.NoPhase)
                {
                    bool before = process.Noted.Reading == noted && process.Noted.Memory < process.Memory;
                    process.Levels.Add(before
                        ? new MemoryLevel(phase, process.Noted.Memory!.Value, process.Noted.Arenas)
                        : new MemoryLevel(phase, process.Memory.Value - taken, process.Arenas));
                }
            }
        }

        sum = all;
        last = now;
        Remember(Stopwatch.GetElapsedTime(begin));
        return all;
    }

    private void Remember(TimeSpan cost)
    {
        costs.Enqueue(cost);
        if (costs.Count > Remembered)
        {
            costs.Dequeue();
        }
    }
}
