using System.Diagnostics;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Target;

/// <summary>The program that is hunted: a command that limpet started and ends, or a process that it attached to and leaves alone.</summary>
internal sealed class HuntTarget : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly StartedProcess? _started;
    private readonly TaskCompletionSource<TargetExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _disposed = new();

    private HuntTarget(StartedProcess? started, LineWait? ready)
    {
        _started = started;
        ReadyLine = ready?.Line;
        if (started is not null)
        {
            _ = started.Exited.ContinueWith(exit => _exited.TrySetResult(exit.Result), TaskScheduler.Default);
        }
    }

    /// <summary>The .NET program, once it was found.</summary>
    public DotNetProcess? Program { get; private set; }

    /// <summary>Whether limpet started it.</summary>
    public bool IsStarted => _started is not null;

    /// <summary>The process that was started or attached to. The program may be one of its descendants.</summary>
    public int RootPid => _started?.Pid ?? Program!.Pid;

    /// <summary>Completes as soon as the started command or the program ends.</summary>
    public Task<TargetExit> Exited => _exited.Task;

    /// <summary>The line of output that says that the target is ready, once it came; null when none was asked for.</summary>
    public Task<string>? ReadyLine { get; }

    /// <summary>What a started command writes; null for an attached process.</summary>
    public OutputLines? Output => _started?.Output;

    /// <summary>Starts a command.</summary>
    /// <exception cref="LimpetException">It cannot be started.</exception>
    public static HuntTarget Start(ProcessCommand command, LinePattern? readyLine = null)
    {
        LineWait? ready = null;
        StartedProcess started = StartedProcess.Start(
            command,
            output => ready = readyLine is null ? null : output.Wait(line => readyLine.Matches(line.Text)));
        return new HuntTarget(started, ready);
    }

    /// <summary>Attaches to a running .NET process.</summary>
    /// <exception cref="LimpetException">There is no such process, or it cannot be looked at.</exception>
    public static HuntTarget Attach(int pid)
    {
        if (pid == Environment.ProcessId)
        {
            throw new LimpetException($"Process {pid} is limpet itself. `limpet ps` lists the .NET processes.");
        }

        DotNetProcess program = ProcessReaders.DotNet.Detect(pid)
            ?? throw new LimpetException($"There is no process {pid}. `limpet ps` lists the .NET processes.");
        program.RequireCoreClr();
        HuntTarget target = new(null, null);
        target.Choose(program);
        return target;
    }

    /// <summary>Starts or attaches, as the options say.</summary>
    /// <param name="options">The options of the hunt.</param>
    /// <param name="listener">Called with every line that a started command writes.</param>
    public static HuntTarget Open(HuntOptions options, Action<OutputLine>? listener = null) =>
        options.Pid is { } pid
            ? Attach(pid)
            : Start(
                new ProcessCommand(options.Command) { WorkingDirectory = options.WorkingDirectory, Environment = options.Environment, Listener = listener },
                options.Ready.Line);

    /// <summary>The processes of a started command that run now; for an attached one, that process.</summary>
    public IReadOnlyCollection<ProcessEntry> Tree() =>
        _started?.Tree() ?? (ProcessReaders.Tree.Find(RootPid) is { } self ? [self] : []);

    /// <summary>Takes a process as the program that is meant. Its end is the end of the target.</summary>
    public void Choose(DotNetProcess program)
    {
        Program = program;
        if (program.Pid != _started?.Pid)
        {
            _ = WatchAsync(program);
        }
    }

    /// <summary>Writes a line to the standard input of a started command.</summary>
    /// <exception cref="IOException">It closed its standard input, or ended.</exception>
    public Task WriteAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken) => Started.WriteAsync(line, cancellationToken);

    /// <summary>Ends a started command with everything that it started; leaves an attached process alone.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        if (_started is not null)
        {
            await _started.DisposeAsync();
            if (_started.Exited.IsCompletedSuccessfully)
            {
                _exited.TrySetResult(await _started.Exited); // who disposed it may ask at once
            }
        }

        _disposed.Dispose();
    }

    private StartedProcess Started => _started ?? throw new InvalidOperationException("Bug in limpet: an attached process has no standard input.");

    /// <summary>The program is not limpet's child, so nothing tells of its end: look.</summary>
    private async Task WatchAsync(DotNetProcess program)
    {
        CancellationToken disposed = _disposed.Token;
        try
        {
            using PeriodicTimer timer = new(Look);
            while (ProcessReaders.Reader.Read(program.Pid, ProcessParts.None) is { Ended: false } now && now.StartTime == program.StartTime)
            {
                await timer.WaitForNextTickAsync(disposed);
            }

            // Whoever started it learns its exit code and, as `dotnet run` does, often ends with the same one.
            if (_started is not null)
            {
                long start = Stopwatch.GetTimestamp();
                while (!_started.Exited.IsCompleted && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2))
                {
                    await timer.WaitForNextTickAsync(disposed);
                }

                if (_started.Exited.IsCompleted)
                {
                    return; // the constructor's continuation reports it
                }
            }

            _exited.TrySetResult(new TargetExit(null, Output?.Last ?? []));
        }
        catch (OperationCanceledException)
        {
            // The hunt is over.
        }
    }
}
