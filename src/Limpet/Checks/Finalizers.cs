namespace Limpet.Checks;

/// <summary>Waits for finalizers with a deadline, which the runtime does not offer.</summary>
internal static class Finalizers
{
    /// <summary>Waits until the queue is empty.</summary>
    /// <returns>Whether it was in time. If not, the thread that waits is left behind: the finalizer thread is blocked.</returns>
    public static bool Wait(TimeSpan timeout)
    {
        Thread waits = new(GC.WaitForPendingFinalizers) { IsBackground = true, Name = "limpet finalizers" };
        waits.Start();
        return waits.Join(timeout);
    }
}
