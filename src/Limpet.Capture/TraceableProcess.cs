using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Limpet.Capture.Native;
using Limpet.Resources;
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
    private const int PidfdOpen = 434;
    private const int NoSuchFile = 2;
    private const int AccessDenied = 13;
    private const int Terminate = 15;
    private const int KillSignal = 9;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
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

        int error = SpawnWith(command, workingDirectory, environment, pipes[0], pipes[3], pipes[5], out int pid);
        Close(pipes[0], pipes[3], pipes[5]);
        if (error != 0)
        {
            Close(pipes[1], pipes[2], pipes[4]);
            throw new LimpetException(error switch
            {
                NoSuchFile => $"Cannot start '{command[0]}': there is no such command. Check the spelling and PATH.",
                AccessDenied => $"Cannot start '{command[0]}': it may not be executed. Check its permissions (chmod +x).",
                _ => $"Cannot start '{command[0]}': {new Win32Exception(error).Message}.",
            });
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

    private static int SpawnWith(IReadOnlyList<string> command, string? workingDirectory, IReadOnlyDictionary<string, string>? environment, int input, int output, int error, out int pid)
    {
        // The C library's structures are opaque; these are larger than any known one.
        byte* actions = stackalloc byte[1024];
        byte* attributes = stackalloc byte[1024];
        byte* signals = stackalloc byte[128];
        Check(Spawn.InitActions(actions));
        Check(Spawn.InitAttributes(attributes));
        byte** arguments = ToNative(command);
        byte** variables = ToNative(Variables(environment));
        try
        {
            Check(Spawn.AddDuplicate(actions, input, 0));
            Check(Spawn.AddDuplicate(actions, output, 1));
            Check(Spawn.AddDuplicate(actions, error, 2));
            if (workingDirectory is not null)
            {
                Check(Spawn.AddChangeDirectory(actions, workingDirectory));
            }

            // The runtime ignores SIGPIPE in this process; the child must not inherit that.
            Check(Spawn.FillSet(signals));
            Check(Spawn.SetDefaults(attributes, signals));
            Check(Spawn.EmptySet(signals));
            Check(Spawn.SetMask(attributes, signals));
            Check(Spawn.SetGroup(attributes, 0));
            Check(Spawn.SetFlags(attributes, Spawn.SetProcessGroup | Spawn.SetSignalDefaults | Spawn.SetSignalMask));
            return Spawn.SpawnPath(out pid, command[0], actions, attributes, arguments, variables);
        }
        finally
        {
            Free(arguments);
            Free(variables);
            _ = Spawn.DestroyActions(actions);
            _ = Spawn.DestroyAttributes(attributes);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }

    private static List<string> Variables(IReadOnlyDictionary<string, string>? environment)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            variables[name] = value;
        }

        return [.. variables.Select(variable => $"{variable.Key}={variable.Value}")];
    }

    private static byte** ToNative(IReadOnlyList<string> texts)
    {
        byte** array = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (int index = 0; index < texts.Count; index++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(texts[index] + "\0");
            array[index] = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
            bytes.CopyTo(new Span<byte>(array[index], bytes.Length));
        }

        return array;
    }

    private static void Free(byte** array)
    {
        for (byte** entry = array; *entry is not null; entry++)
        {
            NativeMemory.Free(*entry);
        }

        NativeMemory.Free(array);
    }

    private void AwaitExit()
    {
        AwaitEnd();
        int status = 0;
        int waited;
        while ((waited = LibC.WaitPid(Id, &status, 0)) < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
        {
        }

        int signal = status & 0x7f;
        exited.SetResult(
            waited < 0 ? new ProcessExit(null, null)
            : signal == 0 ? new ProcessExit((status >> 8) & 0xff, null)
            : new ProcessExit(128 + signal, signal));
    }

    /// <summary>Returns when the child is over, without taking the notice of a stop from its tracer.</summary>
    private void AwaitEnd()
    {
        int descriptor = (int)Spawn.SystemCall(PidfdOpen, Id, 0);
        if (descriptor < 0)
        {
            // No process descriptors before Linux 5.3, nor when the files run out.
            while (ProcessReaders.Tree.Find(Id) is { Ended: false })
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
