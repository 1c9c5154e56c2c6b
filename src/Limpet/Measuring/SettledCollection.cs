using System.Runtime;
using Limpet.Results;

namespace Limpet.Measuring;

/// <summary>
/// The collection protocol before a settled reading: collect everything, blocking and compacting, let finalizers run, and collect what they let go;
/// again while finalizers leave new work for finalizers, five times at most. Costs two full collections (a few ms on a heap of 100,000 objects), the
/// first time six.
/// </summary>
internal static class SettledCollection
{
    /// <summary>How long finalizers may take unless the caller says otherwise.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(10);

    private const int MostTries = 5;

    /// <summary>
    /// How many objects wait for a finalizer after every full collection: the runtime's pools have some whose finalizer makes them wait for the next one again.
    /// Learnt from what is left after all tries.
    /// </summary>
    private static long everPending;

    /// <summary>Collects until nothing more is to be had, or the deadline has passed.</summary>
    /// <param name="deadline">How long to wait for finalizers in all; collections themselves cannot be cut short.</param>
    /// <returns>Whether the finalizers finished. If not, a finalizer is blocked or slow, and what waits for it is still alive: say so beside the reading.</returns>
    /// <exception cref="LimpetException">A no-GC region is in progress, which a collection would end.</exception>
    public static bool Settle(TimeSpan deadline)
    {
        RefuseNoGcRegion();
        long start = Environment.TickCount64;
        long fewest = long.MaxValue;
        Collect();
        for (int tries = 1; ; tries++)
        {
            if (!FinalizerWait.ForPending(deadline - TimeSpan.FromMilliseconds(Environment.TickCount64 - start)))
            {
                return false;
            }

            Collect();
            long pending = GC.GetGCMemoryInfo(GCKind.FullBlocking).FinalizationPendingCount;
            fewest = Math.Min(fewest, pending);
            if (tries == MostTries || pending <= Volatile.Read(ref everPending))
            {
                Volatile.Write(ref everPending, fewest);
                return true;
            }
        }
    }

    /// <summary>
    /// What the last full collection left, to the byte: the sizes of all generations without the gaps in them. (<see cref="GC.GetTotalMemory"/> counts what threads
    /// have reserved for their next objects, some KiB each.)
    /// </summary>
    public static long ReachableBytes() => Bytes(GC.GetGCMemoryInfo(GCKind.FullBlocking));

    /// <summary>What a collection left.</summary>
    public static long Bytes(GCMemoryInfo collection)
    {
        long bytes = 0;
        foreach (GCGenerationInfo generation in collection.GenerationInfo)
        {
            bytes += generation.SizeAfterBytes - generation.FragmentationAfterBytes;
        }

        return bytes;
    }

    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

    private static void RefuseNoGcRegion()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            throw new LimpetException(
                Trouble.NotRun,
                "A no-GC region is in progress (GC.TryStartNoGCRegion), and a settled reading needs collections, which would end it. Take the reading after GC.EndNoGCRegion.");
        }
    }
}
