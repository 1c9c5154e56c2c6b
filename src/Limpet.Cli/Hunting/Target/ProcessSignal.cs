using System.Runtime.InteropServices;
using Limpet.Resources;

namespace Limpet.Cli.Hunting.Target;

/// <summary>Signals to single processes, each checked to be still the one that was meant.</summary>
internal static class ProcessSignal
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal, unless the process ended or its id belongs to another one by now.</summary>
    public static void Send(ProcessEntry process, int signal)
    {
        if (IsAlive(process))
        {
            // The result is not used: the process may end between the look and the call.
            _ = kill(process.Pid, signal);
        }
    }

    /// <summary>Stops this process as a Ctrl-Z would, until the shell lets it go on.</summary>
    public static void StopSelf()
    {
        const int Stop = 19; // SIGSTOP
        _ = kill(Environment.ProcessId, Stop);
    }

    public static bool IsAlive(ProcessEntry process) =>
        ProcessReaders.Tree.Find(process.Pid) is { Ended: false } now && now.StartTime == process.StartTime;

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
