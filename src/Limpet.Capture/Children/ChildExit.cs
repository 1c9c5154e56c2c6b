using System.Runtime.InteropServices;
using Limpet.Capture.Native;
using Limpet.Resources;

namespace Limpet.Capture.Children;

/// <summary>Waits for one child by its id, and takes no other child's notice away.</summary>
internal static unsafe class ChildExit
{
    private const int PidfdOpen = 434;
    private const int NoHang = 1;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when the child is over.</summary>
    public static ProcessExit Await(int pid)
    {
        AwaitEnd(pid);
        int status = 0;
        int waited;
        while ((waited = LibC.WaitPid(pid, &status, 0)) < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
        {
        }

        return waited < 0 ? new ProcessExit(null, null) : Of(status);
    }

    /// <summary>Reaps a child that ended; null when it has not, or is no child of this process.</summary>
    public static ProcessExit? TryReap(int pid)
    {
        int status = 0;
        return LibC.WaitPid(pid, &status, NoHang) == pid ? Of(status) : null;
    }

    private static ProcessExit Of(int status)
    {
        int signal = status & 0x7f;
        return signal == 0 ? new ProcessExit((status >> 8) & 0xff, null) : new ProcessExit(128 + signal, signal);
    }

    /// <summary>Returns when the child is over, without taking the notice of a stop from its tracer.</summary>
    private static void AwaitEnd(int pid)
    {
        int descriptor = (int)Spawn.SystemCall(PidfdOpen, pid, 0);
        if (descriptor < 0)
        {
            // No process descriptors before Linux 5.3, nor when the files run out.
            while (ProcessReaders.Tree.Find(pid) is { Ended: false })
            {
                Thread.Sleep(Look);
            }

            return;
        }

        var entry = new Spawn.PollEntry { Descriptor = descriptor, Events = 1 };
        while (Spawn.Poll(&entry, 1, -1) < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
        {
        }

        _ = Spawn.Close(descriptor);
    }
}
