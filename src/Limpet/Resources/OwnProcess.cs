using Limpet.Measuring;

namespace Limpet.Resources;

/// <summary>The process that this code runs in, read cheaply: what the reading itself opens and starts is not counted.</summary>
internal static class OwnProcess
{
    /// <summary>The descriptors that a probe itself has open while it lists them: its process and its folder.</summary>
    private const int OfTheProbe = 2;

    private const int MostTries = 4;

    /// <summary>Two readings at once would count each other's descriptors.</summary>
    private static readonly object Gate = new();

    private static readonly List<int> Numbers = [];

    /// <summary>Resident memory, threads and descriptors, those that cannot be read null; and threads of the pool at the same moment.</summary>
    public static (long? Resident, int? Threads, int PoolThreads, int? Descriptors) Read()
    {
        if (!ProcessReaders.Supported)
        {
            return (null, null, ThreadPool.ThreadCount, null);
        }

        lock (Gate)
        {
            using IProcessProbe? probe = ProcessReaders.Open(Environment.ProcessId);
            int? descriptors = probe is not null && probe.TryListDescriptors(Numbers) ? Numbers.Count - OfTheProbe : null;
            for (int tries = 1; ; tries++)
            {
                // The pool starts and ends threads at any moment: the two counts belong together when it did not meanwhile.
                int pool = ThreadPool.ThreadCount;
                ProcessPulse? pulse = probe?.Read();
                if (ThreadPool.ThreadCount == pool || tries == MostTries)
                {
                    return (pulse?.Rss.Bytes, pulse?.Threads - FinalizerWait.Threads, pool, descriptors);
                }
            }
        }
    }

    /// <summary>Reads in any other way, while no other reading here has descriptors of its own open.</summary>
    public static T Alone<T>(Func<T> read)
    {
        lock (Gate)
        {
            return read();
        }
    }
}
