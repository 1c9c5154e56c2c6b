using System.Collections.Immutable;
using Limpet.Capture;
using Limpet.Capture.Files;
using Limpet.Capture.Live;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>The heap of a running process: looked at, predicted, then captured. It stays attached, without stopping it, until it is disposed: lines come from the files of the process, and the graph lies in buffers of the target.</summary>
internal sealed class LiveHeap : IDisposable
{
    private static readonly TimeSpan EndIsSeen = TimeSpan.FromSeconds(1);
    private readonly LiveTarget target;
    private readonly ProcessCode code;
    private HeapGraph? graph;

    private LiveHeap(LiveTarget target, ImmutableArray<string> commandLine)
    {
        this.target = target;
        CommandLine = commandLine;
        code = ProcessCode.Of(target.ProcessId);
    }

    /// <summary>The code of the process.</summary>
    public ICodeFacts Code => code;

    /// <summary>What a capture is expected to cost.</summary>
    public StallPrediction Prediction => target.Prediction;

    /// <summary>Command line of the process, secrets redacted.</summary>
    public ImmutableArray<string> CommandLine { get; }

    /// <summary>The process for results.</summary>
    public TargetInfo Info => new(target.ProcessId, CommandLine, target.RuntimeName);

    /// <summary>Attaches to a process and says what a capture will cost. The process is not stopped.</summary>
    /// <exception cref="LimpetException">No such process, no .NET process, or the system refused.</exception>
    public static LiveHeap Attach(int pid, StringReading strings, CommandOutput output)
    {
        DotNetProcess process = Find(pid);
        output.Detail($"attaching to process {pid}");
        LiveTarget target = Guard(pid, () => LiveTarget.Attach(pid, strings));
        LiveHeap heap = Guard(pid, () => new LiveHeap(target, Redaction.CommandLine(process.CommandLine)));
        output.Say($"Process {pid}: {target.RuntimeName}, heap of {target.Prediction.Heap}, about {target.Prediction.Objects:N0} objects.");
        output.Say($"Predicted: {DurationWords.Of(target.Prediction.Stall)} stopped, {target.Prediction.Memory} of memory in limpet.");
        return heap;
    }

    /// <summary>Stops the process and captures its heap.</summary>
    /// <exception cref="LimpetException">The stop would be too long, the process ended, or the system refused.</exception>
    public LiveCapture Capture(TimeSpan maxStall, bool withMemory, CommandOutput output, CancellationToken cancellation)
    {
        StallLimit.Require(target.ProcessId, Prediction, maxStall);
        LiveCapture capture = Guard(target.ProcessId, () => withMemory ? target.CaptureWithMemory(cancellation) : target.Capture(cancellation: cancellation));
        graph = capture.Graph;
        output.Detail($"captured: {DurationWords.Of(capture.Timings.Stall)} stopped, {capture.Timings.Retries} retries, graph built in {DurationWords.Of(capture.Timings.Build)}");
        return capture;
    }

    /// <summary>What a file of this heap says of itself.</summary>
    public HeapFileMetadata Metadata(DateTimeOffset capturedAt) => new()
    {
        ToolVersion = ToolInfo.Current.Version,
        RuntimeName = target.RuntimeName,
        Pid = target.ProcessId,
        CapturedAt = capturedAt,
        CommandLine = CommandLine,
        Way = CaptureWays.NameOf(CaptureWay.Live),
    };

    public void Dispose()
    {
        code.Dispose();
        graph?.Dispose(); // first: its memory goes back to the target's buffers
        target.Dispose();
    }

    /// <summary>The process as .NET tooling sees it.</summary>
    /// <exception cref="LimpetException">There is none, or its heap cannot be told from outside.</exception>
    public static DotNetProcess Find(int pid)
    {
        DotNetProcess process = ProcessReaders.DotNet.Detect(pid)
            ?? throw new LimpetException($"There is no process {pid}. List the .NET processes with: limpet ps");
        if (process.Kind == DotNetKind.NativeAot)
        {
            throw new LimpetException(
                Trouble.Refused,
                $"Refused: process {pid} is a NativeAOT program, whose heap has no runtime parts that tell objects apart. Run the same program without PublishAot, such as with dotnet run, and look at that.");
        }

        process.RequireCoreClr();
        return process;
    }

    private static bool HasEnded(int pid) => ProcessReaders.DotNet.Detect(pid) is null;

    /// <summary>A process that ends while it is read makes any step fail in its own words.</summary>
    private static T Guard<T>(int pid, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or LimpetException { Trouble: Trouble.Refused }))
        {
            // Its memory goes before it does: the failure may be noticed before the end.
            if (!SpinWait.SpinUntil(() => HasEnded(pid), EndIsSeen))
            {
                throw;
            }

            throw new LimpetException(Trouble.NotRun, $"Process {pid} ended while it was being read. List the .NET processes with: limpet ps", exception);
        }
    }
}
