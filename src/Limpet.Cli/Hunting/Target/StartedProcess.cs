using System.Diagnostics;
using Limpet.Capture;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Target;

/// <summary>
/// A process that limpet started, with everything that it started itself. It runs in a process group of its own: Ctrl-C in limpet's
/// terminal is not its Ctrl-C. When limpet is killed, its standard input ends and its output goes nowhere; nothing else happens to it.
/// </summary>
internal sealed class StartedProcess : IAsyncDisposable
{
    /// <summary>How long the output of an ended process is waited for: a grandchild may hold it open for ever.</summary>
    private static readonly TimeSpan LastOutput = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TraceableProcess _process;
    private readonly Task _output;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, ProcessEntry> _known = [];
    private readonly HashSet<(int Pid, long StartTime)> _buildServers = [];
    private Task _write = Task.CompletedTask;
    private Task? _ending;

    private StartedProcess(TraceableProcess process, OutputLines output)
    {
        _process = process;
        Output = output;
        _output = Task.WhenAll(
            LineReader.ReadAsync(process.StandardOutput, line => Output.Add(new OutputLine(line, IsError: false))),
            LineReader.ReadAsync(process.StandardError, line => Output.Add(new OutputLine(line, IsError: true))));
        Exited = WaitAsync();
    }

    /// <summary>Its process id, and that of its group.</summary>
    public int Pid => _process.Id;

    /// <summary>What it and its children write.</summary>
    public OutputLines Output { get; }

    /// <summary>Completes when the process ended and its last output was read. Always does: also after it was disposed.</summary>
    public Task<TargetExit> Exited { get; }

    /// <summary>Starts a command.</summary>
    /// <exception cref="LimpetException">It cannot be started.</exception>
    public static StartedProcess Start(ProcessCommand command, Action<OutputLines>? beforeStart = null)
    {
        CommandPath.Require(command.Words[0], command.WorkingDirectory);
        OutputLines output = new() { Listener = command.Listener };
        beforeStart?.Invoke(output);
        return new StartedProcess(TraceableProcess.Start(command.Words, command.WorkingDirectory, command.Environment), output);
    }

    /// <summary>
    /// Writes to its standard input. A process that does not read blocks the write once the pipe is full: the token gives up waiting for it,
    /// and the write goes on. Writes stand in line.
    /// </summary>
    /// <exception cref="IOException">The process closed its standard input, or ended.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Task write;
        lock (_gate)
        {
            // A thread of its own: on a small machine two blocked pool threads are the whole pool.
            write = _write = _write.ContinueWith(
                _ => _process.StandardInput.Write(bytes.Span), CancellationToken.None, TaskContinuationOptions.LongRunning, TaskScheduler.Default);
        }

        await write.WaitAsync(cancellationToken);
    }

    /// <summary>Ends its standard input, after what is still being written. What the process never reads is let go when the process ends.</summary>
    public void CloseInput()
    {
        lock (_gate)
        {
            _write = _write.ContinueWith(
                _ => _process.StandardInput.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>The process and everything that it started and that still runs.</summary>
    public IReadOnlyCollection<ProcessEntry> Tree()
    {
        // Children whose parent ended belong to another process by then; the group, and what was seen before, still tells them.
        IEnumerable<ProcessEntry> now = [.. ProcessReaders.Tree.Descendants(Pid), .. ProcessReaders.Tree.Group(Pid)];
        if (!_process.Exited.IsCompleted && ProcessReaders.Tree.Find(Pid) is { } self)
        {
            now = now.Prepend(self);
        }

        lock (_gate)
        {
            foreach (ProcessEntry entry in now)
            {
                _known[entry.Pid] = entry;
            }

            return [.. _known.Values.Where(ProcessSignal.IsAlive)];
        }
    }

    /// <summary>
    /// Ends the process and its tree: by the end of its input, then by SIGTERM, and what is still there after <paramref name="patience"/> by
    /// SIGKILL. Returns within three times the patience, whatever the processes do: one that the kernel does not let go is left.
    /// </summary>
    /// <param name="patience">How long the tree may take to end by itself.</param>
    /// <param name="gently">Whether it may: else it is killed at once.</param>
    public Task EndAsync(TimeSpan patience, bool gently = true)
    {
        lock (_gate)
        {
            return _ending ??= Task.Run(() => EndTreeAsync(patience, gently));
        }
    }

    /// <summary>Lets go of a process that ended, and of what it left running.</summary>
    public void Leave() => _process.Dispose();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndAsync(Patience);

        // Its exit is known a moment after it is gone.
        await Task.WhenAny(Exited, Task.Delay(2 * LastOutput));
        _process.Dispose();
    }

    private async Task EndTreeAsync(TimeSpan patience, bool gently)
    {
        CloseInput();
        if (gently)
        {
            await GoneAsync(patience / 5);
            Signal(ProcessSignal.Terminate);
            await GoneAsync(patience);
        }

        // A process may start another while it is being ended: look again until nothing is left.
        long start = Stopwatch.GetTimestamp();
        do
        {
            Signal(ProcessSignal.Kill);
        }
        while (!await GoneAsync(patience / 10) && Stopwatch.GetElapsedTime(start) < patience);
    }

    /// <summary>Signals the tree without build servers: other builds of the same user may already use them, and they end by themselves.</summary>
    private void Signal(int signal)
    {
        foreach (ProcessEntry entry in Tree())
        {
            if (entry.Pid != Pid && ProcessReaders.DotNet.Detect(entry.Pid) is { IsSdkTool: true, Name: not "dotnet" })
            {
                _buildServers.Add((entry.Pid, entry.StartTime));
            }
            else
            {
                ProcessSignal.Send(entry, signal);
            }
        }
    }

    private async Task<bool> GoneAsync(TimeSpan deadline)
    {
        long start = Stopwatch.GetTimestamp();
        while (Tree().Any(entry => !_buildServers.Contains((entry.Pid, entry.StartTime))))
        {
            if (Stopwatch.GetElapsedTime(start) > deadline)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        return true;
    }

    private async Task<TargetExit> WaitAsync()
    {
        ProcessExit exit = await _process.Exited;
        await Task.WhenAny(_output, Task.Delay(LastOutput));
        return new TargetExit(exit.Code, Output.Last);
    }
}
