namespace Limpet.Measuring;

/// <summary>
/// Waits for finalizers with a deadline, which the runtime does not offer: one thread of Limpet's own asks the runtime, and callers wait for the thread.
/// A finalizer that never returns costs that one thread, however often it is waited for. The thread stays, so that thread counts are the same
/// before and after each wait but the first.
/// </summary>
internal static class FinalizerWait
{
    /// <summary>The name of the thread, short enough for the system to show it whole. What counts threads leaves it out.</summary>
    public const string ThreadName = "Limpet settle";

    /// <summary>The system's wait has an upper limit, which a deadline may be beyond.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private static readonly object Gate = new();
    private static long requested;
    private static long served;
    private static bool started;

    /// <summary>How many threads this keeps: none before the first wait, then one.</summary>
    public static int Threads => Volatile.Read(ref started) ? 1 : 0;

    /// <summary>Waits until the finalizers of all objects that were queued before this call have run.</summary>
    /// <param name="deadline">How long to wait at most.</param>
    /// <returns>Whether they have run.</returns>
    public static bool ForPending(TimeSpan deadline)
    {
        long start = Environment.TickCount64;
        lock (Gate)
        {
            StartOnce();
            // A wait of the runtime that began before this request may miss what was queued since: only a later one counts.
            long ticket = ++requested;
            Monitor.PulseAll(Gate);
            while (served < ticket)
            {
                TimeSpan left = deadline - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
                if (left <= TimeSpan.Zero)
                {
                    return false;
                }

                Monitor.Wait(Gate, left < LongestWait ? left : LongestWait);
            }

            return true;
        }
    }

    private static void StartOnce()
    {
        if (!started)
        {
            // Without the caller's context: its async-local values would be held for as long as the process runs.
            new Thread(Serve, maxStackSize: 256 * 1024) { IsBackground = true, Name = ThreadName }.UnsafeStart();
            started = true;
        }
    }

    private static void Serve()
    {
        while (true)
        {
            long ticket;
            lock (Gate)
            {
                while (requested == served)
                {
                    Monitor.Wait(Gate);
                }

                ticket = requested;
            }

            GC.WaitForPendingFinalizers();
            lock (Gate)
            {
                served = ticket;
                Monitor.PulseAll(Gate);
            }
        }
    }
}
