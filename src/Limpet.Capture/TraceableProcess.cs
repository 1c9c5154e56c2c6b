using System.ComponentModel;
using Limpet.Capture.Children;
using Limpet.Capture.Native;
using Limpet.Results;
using Microsoft.Win32.SafeHandles;

namespace Limpet.Capture;

/// <summary>
/// A child process that its parent can stop and read. A child of <see cref="System.Diagnostics.Process"/> cannot be: its
/// SIGCHLD handler waits for the child whenever a trace stops it, takes the notice away from the tracer, and believes that the
/// child has exited. This child is waited for through a process descriptor, which tells of its end and of nothing else.
/// It leads a process group of its own, so that a Ctrl-C meant for this process does not reach it.
/// </summary>
public sealed unsafe class TraceableProcess : IDisposable
{
    private const int Terminate = 15;
    private const int KillSignal = 9;
    private readonly TaskCompletionSource<ProcessExit> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TraceableProcess(int pid, int input, int output, int error)
    {
        Id = pid;
        StandardInput = Open(input, FileAccess.Write);
        StandardOutput = Open(output, FileAccess.Read);
        StandardError = Open(error, FileAccess.Read);
        new Thread(AwaitExit) { IsBackground = true, Name = $"limpet waits for {pid}" }.Start();
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>What the child reads.</summary>
    public Stream StandardInput { get; }

    /// <summary>What the child writes.</summary>
    public Stream StandardOutput { get; }

    /// <summary>What the child writes to standard error.</summary>
    public Stream StandardError { get; }

    /// <summary>Completes when the child has exited.</summary>
    public Task<ProcessExit> Exited => exited.Task;

    /// <summary>Starts a command, without a shell.</summary>
    /// <param name="command">Program (looked up in PATH) and arguments.</param>
    /// <param name="workingDirectory">Where it runs; null for here.</param>
    /// <param name="environment">Variables to set beside the inherited ones.</param>
    /// <exception cref="LimpetException">The command cannot be started.</exception>
    public static TraceableProcess Start(IReadOnlyList<string> command, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Count == 0)
        {
            throw new LimpetException("There is no command to start. Give one after --, such as: -- dotnet run");
        }

        if (workingDirectory is not null && !Directory.Exists(workingDirectory))
        {
            throw new LimpetException($"Cannot start '{command[0]}': its working directory '{workingDirectory}' does not exist.");
        }

        int* pipes = stackalloc int[6] { -1, -1, -1, -1, -1, -1 };
        for (int pipe = 0; pipe < 3; pipe++)
        {
            if (Spawn.Pipe(pipes + (2 * pipe), Spawn.CloseOnExec) != 0)
            {
                string reason = new Win32Exception().Message;
                Close(pipes[0], pipes[1], pipes[2], pipes[3]);
                throw new LimpetException(Trouble.Refused, $"Cannot open pipes for '{command[0]}': {reason}. Raise the limit of open files (ulimit -n).");
            }
        }

        int error = ChildStart.Spawn(command, workingDirectory, environment, [(pipes[0], 0), (pipes[3], 1), (pipes[5], 2)], ownGroup: true, out int pid);
        Close(pipes[0], pipes[3], pipes[5]);
        if (error != 0)
        {
            Close(pipes[1], pipes[2], pipes[4]);
            throw ChildStart.Failed(command[0], error);
        }

        return new TraceableProcess(pid, pipes[1], pipes[2], pipes[4]);
    }

    /// <summary>Asks the child and the processes of its group to end.</summary>
    public void RequestEnd() => SignalGroup(Terminate);

    /// <summary>Ends the child and the processes of its group at once.</summary>
    public void Kill() => SignalGroup(KillSignal);

    /// <summary>Closes the pipes. The child is left alone.</summary>
    public void Dispose()
    {
        StandardInput.Dispose();
        StandardOutput.Dispose();
        StandardError.Dispose();
    }

    private void SignalGroup(int signal)
    {
        if (!Exited.IsCompleted)
        {
            _ = Spawn.Kill(-Id, signal);
        }
    }

    private static void Close(params ReadOnlySpan<int> descriptors)
    {
        foreach (int descriptor in descriptors)
        {
            _ = Spawn.Close(descriptor);
        }
    }

    private static FileStream Open(int descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0, isAsync: false);

    private void AwaitExit() => exited.SetResult(ChildExit.Await(Id));
}
