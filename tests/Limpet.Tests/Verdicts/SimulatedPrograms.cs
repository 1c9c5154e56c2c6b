namespace Limpet.Tests.Verdicts;

/// <summary>Programs that leak, and programs that only look as if they did.</summary>
public static class SimulatedPrograms
{
    public static SimulatedProgram Leaks(double perOperation, double from = 0)
    {
        long done = 0;
        return new SimulatedProgram(_ => done++, _ => 1000 + Math.Floor(Math.Max(0, done - from) * perOperation));
    }

    public static SimulatedProgram LeaksOneIn(int operations, Random random)
    {
        long leaked = 0;
        return new SimulatedProgram(_ => leaked += random.Next(operations) == 0 ? 1 : 0, _ => 70 + leaked);
    }

    /// <summary>Some operations take another way, which is slow, and leave objects behind.</summary>
    public static SimulatedProgram LeaksOnTheSlowWay(double share, double slowerSeconds, int objects, Random random)
    {
        bool isSlow = false;
        long leaked = 0;
        return new SimulatedProgram(
            _ =>
            {
                isSlow = random.NextDouble() < share;
                leaked += isSlow ? objects : 0;
            },
            _ => 70 + leaked) { Slower = () => isSlow ? slowerSeconds : 0 };
    }

    public static SimulatedProgram LeaksInBursts(int operations, int size)
    {
        long done = 0;
        return new SimulatedProgram(_ => done++, _ => done / operations * size);
    }

    public static SimulatedProgram LeaksPerSecond(double perSecond) => new(_ => { }, now => 5 + Math.Floor(now * perSecond));

    public static SimulatedProgram Jitters(SimulatedProgram program, int by, Random random) =>
        new(program.Operate, now => program.Read(now) + random.Next(-by, by + 1));

    public static SimulatedProgram Both(SimulatedProgram one, SimulatedProgram other) => new(
        now =>
        {
            one.Operate(now);
            other.Operate(now);
        },
        now => one.Read(now) + other.Read(now));

    public static SimulatedProgram Still() => new(_ => { }, _ => 42);

    /// <summary>A cache that takes an entry on every <paramref name="every"/>th operation until it is full.</summary>
    public static SimulatedProgram FillsTo(int cap, int every)
    {
        long done = 0;
        return new SimulatedProgram(_ => done++, _ => Math.Min(cap, done / every));
    }

    /// <summary>A cache of random keys: new ones get rarer.</summary>
    public static SimulatedProgram CachesRandomKeys(int keys, Random random)
    {
        var seen = new HashSet<int>();
        return new SimulatedProgram(_ => seen.Add(random.Next(keys)), _ => seen.Count);
    }

    /// <summary>A queue that is written out when it is full.</summary>
    public static SimulatedProgram QueuesUpTo(int limit, int start)
    {
        long queued = start;
        return new SimulatedProgram(_ => queued = (queued + 1) % limit, _ => queued);
    }

    /// <summary>Each of many users opens a window of some seconds when it is used, at a moment of its own, and keeps the last few.</summary>
    public static SimulatedProgram OpensWindows(double ofSeconds, int users, int most)
    {
        var opened = new HashSet<(int User, int Window)>();
        long done = 0;
        return new SimulatedProgram(
            now =>
            {
                int user = (int)(done++ % users);
                opened.Add((user, (int)((now / ofSeconds) + ((double)user / users))));
            },
            _ => opened.CountBy(window => window.User).Sum(user => Math.Min(most, user.Value)));
    }

    /// <summary>Each of many users opens a window when it is used and its last one is some seconds old, and keeps the last few. The users come one by one, then in turn.</summary>
    public static SimulatedProgram RollsWindows(double ofSeconds, int users, int most, int everyNewUser)
    {
        double[] opened = new double[users];
        int[] windows = new int[users];
        long done = 0;
        return new SimulatedProgram(
            now =>
            {
                long user = done % Math.Min(users, 1 + (done / everyNewUser));
                done++;
                if (windows[user] == 0 || now - opened[user] >= ofSeconds)
                {
                    windows[user] = Math.Min(most, windows[user] + 1);
                    opened[user] = now;
                }
            },
            _ => windows.Sum());
    }

    /// <summary>Entries that live for some seconds.</summary>
    public static SimulatedProgram Expires(double seconds)
    {
        var due = new Queue<double>();
        return new SimulatedProgram(
            now => due.Enqueue(now + seconds),
            now =>
            {
                while (due.TryPeek(out double next) && next <= now)
                {
                    due.Dequeue();
                }

                return due.Count;
            });
    }

    public static SimulatedProgram StartsLazily(int atOperation, int size)
    {
        long done = 0;
        return new SimulatedProgram(_ => done++, _ => done >= atOperation ? 300 + size : 300);
    }

    /// <summary>A pool that adds a worker now and then, up to some.</summary>
    public static SimulatedProgram AddsThreads(int most, double chance, Random random)
    {
        int threads = 0;
        return new SimulatedProgram(_ => threads += threads < most && random.NextDouble() < chance ? 1 : 0, _ => 12 + threads);
    }

    /// <summary>Readings about a level, each for itself.</summary>
    public static SimulatedProgram Noisy(int by, Random random) => new(_ => { }, _ => 500 + random.Next(-by, by + 1));

    /// <summary>Two buffers that take turns.</summary>
    public static SimulatedProgram Alternates(int by)
    {
        int readings = 0;
        return new SimulatedProgram(_ => { }, _ => 100 + (readings++ % 2 * by));
    }

    /// <summary>A program in which each reading leaves something behind.</summary>
    public static SimulatedProgram KeepsReadings(int each)
    {
        int readings = 0;
        return new SimulatedProgram(_ => { }, _ => 9 + (readings++ * each));
    }
}
