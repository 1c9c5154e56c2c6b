namespace Limpet.Guards;

/// <summary>Collects until what is alive stays the same.</summary>
internal static class HeapSettling
{
    private const int MostTries = 5;
    private static readonly TimeSpan FinalizerDeadline = TimeSpan.FromSeconds(5);

    public static void Settle()
    {
        long before = long.MaxValue;
        for (int tries = 0; tries < MostTries; tries++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            // A finalizer that blocks must not block the tests.
            Thread waiting = new(GC.WaitForPendingFinalizers) { IsBackground = true, Name = "limpet-settling" };
            waiting.Start();
            bool finalized = waiting.Join(FinalizerDeadline);
            long now = GC.GetTotalMemory(forceFullCollection: false);
            if (!finalized || (tries > 0 && Math.Abs(before - now) < 1024))
            {
                return;
            }

            before = now;
        }
    }
}
