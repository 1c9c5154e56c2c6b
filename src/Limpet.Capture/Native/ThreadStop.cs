using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Limpet.Results;

namespace Limpet.Capture.Native;

/// <summary>
/// Stops all threads of a process with <c>PTRACE_SEIZE</c> and <c>PTRACE_INTERRUPT</c>, and lets them go again. Unlike an attach
/// that sends a stop signal, a process that was seized runs on when its tracer is killed, at whatever moment.
/// Everything here must be called from one thread: the kernel binds a trace to the thread that began it.
/// </summary>
internal sealed unsafe class ThreadStop : IDisposable
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(5);

    /// <summary>How long a thread may take before it is asked whether it ends.</summary>
    private static readonly TimeSpan EndLook = TimeSpan.FromMilliseconds(20);

    private readonly int pid;
    private readonly Dictionary<int, int> pendingSignals = [];

    private ThreadStop(int pid) => this.pid = pid;

    /// <summary>How many threads are stopped.</summary>
    public int ThreadCount => pendingSignals.Count;

    /// <summary>Where the stopped threads stand: the top of what each has on its stack, and its own block, which glibc puts at the upper end of a stack that it made.</summary>
    public IReadOnlyList<(ulong StackPointer, ulong ThreadBlock)> Stacks()
    {
        // user_regs_struct of x64: 27 words, of which these are the 20th and the 22nd.
        const int Words = 27;
        const int StackPointer = 19;
        const int FsBase = 21;
        ulong* registers = stackalloc ulong[Words];
        List<(ulong StackPointer, ulong ThreadBlock)> stacks = [];
        foreach (int thread in pendingSignals.Keys)
        {
            if (LibC.Ptrace(LibC.PtraceGetRegisters, thread, 0, (nint)registers) == 0)
            {
                stacks.Add((registers[StackPointer], registers[FsBase]));
            }
        }

        return stacks;
    }

    /// <summary>Stops every thread of <paramref name="pid"/>.</summary>
    /// <exception cref="LimpetException">The system refused, or the process has gone.</exception>
    public static ThreadStop Stop(int pid)
    {
        var stop = new ThreadStop(pid);
        try
        {
            stop.StopAll();
            return stop;
        }
        catch
        {
            stop.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach ((int thread, int signal) in pendingSignals)
        {
            // A thread that has died meanwhile answers ESRCH: there is nothing left to let go.
            _ = LibC.Ptrace(LibC.PtraceDetach, thread, 0, signal);
        }

        pendingSignals.Clear();
    }

    private void StopAll()
    {
        // A thread may start another between listing and stopping: list again until nothing is new.
        for (bool found = true; found;)
        {
            found = false;
            var seized = new List<int>();
            foreach (int thread in ListThreads())
            {
                if (!pendingSignals.ContainsKey(thread) && Seize(thread))
                {
                    seized.Add(thread);
                    found = true;
                }
            }

            foreach (int thread in seized)
            {
                AwaitStop(thread);
            }
        }

        if (pendingSignals.Count == 0)
        {
            throw Gone();
        }
    }

    private List<int> ListThreads()
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{pid}/task").Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            throw Gone();
        }
    }

    private bool Seize(int thread)
    {
        if (LibC.Ptrace(LibC.PtraceSeize, thread, 0, 0) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error switch
            {
                LibC.NoSuchProcess => false,

                // A thread that is just exiting refuses as well; the process itself does only when it may not be traced.
                LibC.NotPermitted when thread != pid && !File.Exists($"/proc/{pid}/task/{thread}/stat") => false,
                LibC.NotPermitted when IsExiting(thread) => false,
                _ => throw Refused(error),
            };
        }

        pendingSignals[thread] = 0;
        if (LibC.Ptrace(LibC.PtraceInterrupt, thread, 0, 0) != 0)
        {
            pendingSignals.Remove(thread);
            return false;
        }

        return true;
    }

    private void AwaitStop(int thread)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan look = EndLook;
        int status = 0;
        for (; ; )
        {
            int waited = LibC.WaitPid(thread, &status, LibC.WaitAnyThread | 1);
            if (waited == thread)
            {
                break;
            }

            if (waited < 0 && Marshal.GetLastPInvokeError() != LibC.Interrupted)
            {
                pendingSignals.Remove(thread);
                return;
            }

            // The end of the first thread of a process that was killed is told only when those of all others were taken, which comes later.
            TimeSpan waiting = Stopwatch.GetElapsedTime(start);
            if (waiting > look)
            {
                look = waiting + EndLook;
                if (IsExiting(thread))
                {
                    pendingSignals.Remove(thread);
                    return;
                }
            }

            if (waiting > StopDeadline)
            {
                throw new LimpetException(
                    Trouble.Refused,
                    $"Thread {thread} of process {pid} did not stop within {StopDeadline.TotalSeconds:0} s: it is in an uninterruptible system call. Try again, or capture a dump with createdump.");
            }

            Thread.Yield();
        }

        bool stopped = (status & 0xff) == 0x7f;
        if (!stopped)
        {
            // It exited instead.
            pendingSignals.Remove(thread);
            return;
        }

        // Stopped on its way to a signal handler: the signal is handed on when the thread is let go, or it would be lost.
        int signal = (status >> 8) & 0xff;
        bool isEvent = (status >> 16) == LibC.PtraceEventStop;
        pendingSignals[thread] = isEvent ? 0 : signal;
    }

    private bool IsExiting(int thread)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/task/{thread}/stat");
            char state = stat[stat.LastIndexOf(')') + 2];
            return state is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }

    private LimpetException Gone() => new(Trouble.NotRun, $"Process {pid} has gone. Start it again and use its new process id.");

    private LimpetException Refused(int error) => PtraceRefusal.Error(pid, error);
}
