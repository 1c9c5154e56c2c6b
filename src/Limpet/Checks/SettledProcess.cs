namespace Limpet.Checks;

/// <summary>The collection protocol in this process: collect everything, let finalizers run, and again until two readings agree.</summary>
internal static class SettledProcess
{
    private const int MostCollections = 5;

    /// <summary>Settles the process.</summary>
    /// <returns>Bytes that survived the last collection.</returns>
    public static long Settle()
    {
        long last = long.MaxValue;
        for (int collection = 0; collection < MostCollections; collection++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            long now = GC.GetGCMemoryInfo(GCKind.FullBlocking).PromotedBytes;
            if (collection > 0 && now >= last)
            {
                return now;
            }

            last = now;
        }

        return last;
    }
}
