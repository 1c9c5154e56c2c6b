using System.ComponentModel;
using Limpet.Capture.Native;
using Limpet.Results;

namespace Limpet.Capture.Children;

/// <summary>
/// A child that takes this process's place for the user: it has its standard input, its process group and so its terminal. A Ctrl-C at the terminal
/// reaches both.
/// </summary>
public sealed unsafe class ForegroundChild : IDisposable
{
    private readonly TaskCompletionSource<ProcessExit> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ForegroundChild(int pid, ChildOutput? output, ChildOutput? error)
    {
        Id = pid;
        Output = output;
        Error = error;
        new Thread(() => exited.SetResult(ChildExit.Await(Id))) { IsBackground = true, Name = $"limpet waits for {pid}" }.Start();
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>What it writes to standard output, where that is read; both streams with <see cref="ChildStreams.ReadAsOne"/>.</summary>
    public ChildOutput? Output { get; }

    /// <summary>What it writes to standard error, where that is read apart.</summary>
    public ChildOutput? Error { get; }

    /// <summary>Completes when it has exited.</summary>
    public Task<ProcessExit> Exited => exited.Task;

    /// <summary>Starts a command, without a shell.</summary>
    /// <param name="command">Program (looked up in PATH) and arguments.</param>
    /// <param name="streams">Where its output goes.</param>
    /// <param name="environment">Variables to set beside the inherited ones.</param>
    /// <param name="openFiles">The limit of descriptors that it gets; null for that of this process, which the runtime has raised.</param>
    /// <exception cref="LimpetException">The command cannot be started.</exception>
    public static ForegroundChild Start(IReadOnlyList<string> command, ChildStreams streams, IReadOnlyDictionary<string, string>? environment = null, long? openFiles = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        int* pipes = stackalloc int[4] { -1, -1, -1, -1 };
        int wanted = streams switch { ChildStreams.Read => 2, ChildStreams.ReadAsOne => 1, _ => 0 };
        for (int pipe = 0; pipe < wanted; pipe++)
        {
            if (Spawn.Pipe(pipes + (2 * pipe), Spawn.CloseOnExec) != 0)
            {
                string reason = new Win32Exception().Message;
                Close(pipes[0], pipes[1]);
                throw new LimpetException(Trouble.Refused, $"Cannot open pipes for '{command[0]}': {reason}. Raise the limit of open files (ulimit -n).");
            }
        }

        (int From, int To)[] descriptors = streams switch
        {
            ChildStreams.OutputToError => [(2, 1)],
            ChildStreams.Read => [(pipes[1], 1), (pipes[3], 2)],
            ChildStreams.ReadAsOne => [(pipes[1], 1), (pipes[1], 2)],
            _ => [],
        };
        int error;
        int pid;
        using (OpenFilesLimit.Lowered(openFiles))
        {
            error = ChildStart.Spawn(command, null, environment, descriptors, ownGroup: false, out pid);
        }

        Close(pipes[1], pipes[3]);
        if (error != 0)
        {
            Close(pipes[0], pipes[2]);
            throw ChildStart.Failed(command[0], error);
        }

        return new ForegroundChild(pid, wanted > 0 ? new ChildOutput(pipes[0]) : null, wanted > 1 ? new ChildOutput(pipes[2]) : null);
    }

    /// <summary>Sends it a signal, unless it has ended.</summary>
    /// <param name="signal">Number of the signal.</param>
    public void Signal(int signal)
    {
        if (!Exited.IsCompleted)
        {
            _ = Spawn.Kill(Id, signal);
        }
    }

    /// <summary>Closes what is read of it. The child is left alone.</summary>
    public void Dispose()
    {
        Output?.Dispose();
        Error?.Dispose();
    }

    private static void Close(params ReadOnlySpan<int> descriptors)
    {
        foreach (int descriptor in descriptors)
        {
            if (descriptor >= 0)
            {
                _ = Spawn.Close(descriptor);
            }
        }
    }
}
