using System.Globalization;
using Limpet.Capture.Native;

namespace Limpet.Capture.Children;

/// <summary>
/// Lets all threads of this process run before those of others, where the system allows it: on a busy machine a reading that must not be late waits for the compiler and the
/// collector too, whose threads are not the one that reads. A child that is started in between gets what this process had.
/// </summary>
public static class ProcessUrgency
{
    private const int OneThread = 0; // PRIO_PROCESS with a thread id: nice belongs to a thread on Linux
    private const int Nice = -10;

    /// <summary>Raises all threads but the calling one, calls <paramref name="start"/> on it, and raises it and those that were made meanwhile.</summary>
    /// <param name="start">What starts a child: it gets the niceness of the thread that starts it.</param>
    public static T RaiseAround<T>(Func<T> start)
    {
        ArgumentNullException.ThrowIfNull(start);
        RaiseAll(except: (int)Spawn.SystemCall(Spawn.GetThreadId, 0, 0));
        T started = start();
        RaiseAll(except: null);
        return started;
    }

    /// <summary>Raises all threads; those that they make later are born so.</summary>
    public static void RaiseAll() => RaiseAll(except: null);

    private static void RaiseAll(int? except)
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc/self/task"))
        {
            int thread = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
            if (thread != except)
            {
                _ = Spawn.SetPriority(OneThread, thread, Nice); // refused without CAP_SYS_NICE; a thread that has ended needs none
            }
        }
    }
}
