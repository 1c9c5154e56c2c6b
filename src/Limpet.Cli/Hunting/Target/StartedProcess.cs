using System.ComponentModel;
using System.Diagnostics;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Target;

/// <summary>
/// A process that limpet started, with everything that it started itself. It runs in a session of its own: Ctrl-C in limpet's terminal is
/// not its Ctrl-C. When limpet is killed, its standard input ends and its output goes nowhere; nothing else happens to it.
/// </summary>
internal sealed class StartedProcess : IAsyncDisposable
{
    private static readonly string? OwnSession = CommandPath.Find("setsid");

    private static readonly TimeSpan LastOutput = TimeSpan.FromMilliseconds(500);

    private readonly Process _process;
    private readonly Stream _input;
    private readonly Task _output;
    private readonly Dictionary<int, ProcessEntry> _known = [];
    private Task _write = Task.CompletedTask;
    private int _ended;

    private StartedProcess(Process process, OutputLines output)
    {
        _process = process;
        Output = output;
        Pid = process.Id;
        _input = process.StandardInput.BaseStream;
        _output = Task.WhenAll(
            LineReader.ReadAsync(process.StandardOutput.BaseStream, line => Output.Add(new OutputLine(line, IsError: false))),
            LineReader.ReadAsync(process.StandardError.BaseStream, line => Output.Add(new OutputLine(line, IsError: true))));
        Exited = WaitAsync();
    }

    /// <summary>Its process id, and that of its group.</summary>
    public int Pid { get; }

    /// <summary>What it and its children write.</summary>
    public OutputLines Output { get; }

    /// <summary>Completes when the process ended and its last output was read.</summary>
    public Task<TargetExit> Exited { get; }

    /// <summary>Starts a command.</summary>
    /// <exception cref="LimpetException">It cannot be started.</exception>
    public static StartedProcess Start(ProcessCommand command, Action<OutputLines>? beforeStart = null)
    {
        CommandPath.Require(command.Words[0], command.WorkingDirectory);
        ProcessStartInfo start = new()
        {
            FileName = OwnSession ?? command.Words[0],
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = command.WorkingDirectory ?? "",
        };
        foreach (string word in OwnSession is null ? command.Words.Skip(1) : command.Words)
        {
            start.ArgumentList.Add(word);
        }

        foreach ((string name, string value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        OutputLines output = new() { Listener = command.Listener };
        beforeStart?.Invoke(output);
        try
        {
            return new StartedProcess(Process.Start(start)!, output);
        }
        catch (Win32Exception exception)
        {
            throw new LimpetException(
                Trouble.BadInput, $"Command {Escaping.Show(command.Words[0])} cannot be started: {exception.Message}. Start it by hand to see more.", exception);
        }
    }

    /// <summary>
    /// Writes to its standard input. A process that does not read blocks the write once the pipe is full: the token gives up waiting for it,
    /// and the write goes on.
    /// </summary>
    /// <exception cref="IOException">The process closed its standard input, or ended.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _write = Task.Factory.StartNew(() => _input.Write(bytes.Span), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await _write.WaitAsync(cancellationToken);
    }

    /// <summary>Ends its standard input. A write that the process does not read is first let go, when the process is ended.</summary>
    public void CloseInput() => _ = _write.ContinueWith(
        _ =>
        {
            try
            {
                _input.Dispose();
            }
            catch (IOException)
            {
                // The process closed its end first.
            }
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>The process and everything that it started and that still runs.</summary>
    public IReadOnlyCollection<ProcessEntry> Tree()
    {
        // Children whose parent ended belong to another process by then; the group, and what was seen before, still tells them.
        lock (_known)
        {
            IEnumerable<ProcessEntry> now = ProcessReaders.Tree.Descendants(Pid).Concat(ProcessReaders.Tree.Group(Pid));
            if (!_process.HasExited && ProcessReaders.Tree.Find(Pid) is { } self)
            {
                now = now.Prepend(self);
            }

            foreach (ProcessEntry entry in now)
            {
                _known[entry.Pid] = entry;
            }

            return [.. _known.Values.Where(ProcessSignal.IsAlive)];
        }
    }

    /// <summary>Ends the process and its tree: by the end of its input, then by SIGTERM, and what is still there after <paramref name="patience"/> by SIGKILL.</summary>
    public async Task EndAsync(TimeSpan patience, bool gently = true)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        Tree();
        CloseInput();
        if (gently)
        {
            await GoneAsync(patience / 5);
            Signal(ProcessSignal.Terminate);
            await GoneAsync(patience);
        }

        // A process may start another while it is being ended: look again until nothing is left.
        for (int tries = 0; tries < 10; tries++)
        {
            Signal(ProcessSignal.Kill);
            if (await GoneAsync(patience / 5))
            {
                break;
            }
        }
    }

    /// <summary>Lets go of a process that ended, and of what it left running.</summary>
    public void Leave() => _process.Dispose();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndAsync(TimeSpan.FromSeconds(5));
        _process.Dispose();
    }

    private void Signal(int signal)
    {
        foreach (ProcessEntry entry in Own())
        {
            ProcessSignal.Send(entry, signal);
        }
    }

    private async Task<bool> GoneAsync(TimeSpan deadline)
    {
        long start = Stopwatch.GetTimestamp();
        while (Own().Any())
        {
            if (Stopwatch.GetElapsedTime(start) > deadline)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        return true;
    }

    /// <summary>The tree without build servers: other builds of the same user may already use them, and they end by themselves.</summary>
    private IEnumerable<ProcessEntry> Own() =>
        Tree().Where(entry => entry.Pid == Pid || ProcessReaders.DotNet.Detect(entry.Pid) is not { IsSdkTool: true, Name: not "dotnet" });

    private async Task<TargetExit> WaitAsync()
    {
        await _process.WaitForExitAsync();

        // A grandchild may hold the output open for ever.
        await Task.WhenAny(_output, Task.Delay(LastOutput));
        return new TargetExit(_process.ExitCode, Output.Last);
    }
}
