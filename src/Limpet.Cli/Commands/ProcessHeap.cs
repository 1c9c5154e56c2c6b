using Limpet.Capture;
using Limpet.Capture.Dumps;
using Limpet.Capture.Files;
using Limpet.Cli.Hunting;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>The heap of a running process by the first way that the system allows: its memory, else a dump by its own runtime.</summary>
internal sealed class ProcessHeap : IDisposable
{
    private readonly IDisposable owner;

    private ProcessHeap(HeapGraph graph, HeapFileMetadata metadata, SnapshotTimings timings, CaptureWay way, ICodeFacts code, IDisposable owner)
    {
        this.owner = owner;
        Graph = graph;
        Metadata = metadata;
        Timings = timings;
        Way = way;
        Code = code;
    }

    public HeapGraph Graph { get; }

    public HeapFileMetadata Metadata { get; }

    /// <summary>Where the time went; <see cref="SnapshotTimings.Total"/> is not known yet.</summary>
    public SnapshotTimings Timings { get; }

    public CaptureWay Way { get; }

    public ICodeFacts Code { get; }

    /// <summary>Where the resident memory of the process went; null unless it was asked for.</summary>
    public MemoryTable? Memory { get; private init; }

    /// <summary>Captures the heap.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="maxStall">How long it may stand still.</param>
    /// <param name="strings">What is kept of the texts of strings.</param>
    /// <param name="beforeStop">Called with the memory that the graph will take, before the process is stopped.</param>
    /// <param name="output">Where to tell what is done.</param>
    /// <param name="cancellation">Cancels between the steps.</param>
    /// <exception cref="LimpetException">No such process, the stop would be too long, or every way is refused.</exception>
    public static ProcessHeap Capture(int pid, TimeSpan maxStall, StringReading strings, Action<ByteSize> beforeStop, CommandOutput output, CancellationToken cancellation)
    {
        try
        {
            return CaptureLive(pid, maxStall, withMemory: false, strings, beforeStop, output, cancellation);
        }
        catch (LimpetException refusal) when (HeapAccess.IsTraceRefused(refusal))
        {
            output.Say(refusal.Message);
            return CaptureDump(pid, maxStall, strings, beforeStop, output, cancellation);
        }
    }

    /// <summary>Captures the heap and reads where the resident memory went. A dump does not know what of it is in memory: there is no second way.</summary>
    /// <exception cref="LimpetException">No such process, the stop would be too long, or the system refused.</exception>
    public static ProcessHeap CaptureWithMemory(int pid, TimeSpan maxStall, StringReading strings, CommandOutput output, CancellationToken cancellation) =>
        CaptureLive(pid, maxStall, withMemory: true, strings, _ => { }, output, cancellation);

    public void Dispose() => owner.Dispose();

    private static ProcessHeap CaptureLive(int pid, TimeSpan maxStall, bool withMemory, StringReading strings, Action<ByteSize> beforeStop, CommandOutput output, CancellationToken cancellation)
    {
        LiveHeap live = LiveHeap.Attach(pid, strings, output);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            beforeStop(live.Prediction.Memory);
            LiveCapture capture = live.Capture(maxStall, withMemory, output, cancellation);
            var timings = new SnapshotTimings(capture.Timings.Attach, capture.Timings.Stall, TimeSpan.Zero);
            return new ProcessHeap(capture.Graph, live.Metadata(output.StartedAt), timings, CaptureWay.Live, live.Code, live) { Memory = capture.Memory };
        }
        catch
        {
            live.Dispose();
            throw;
        }
    }

    private static ProcessHeap CaptureDump(int pid, TimeSpan maxStall, StringReading strings, Action<ByteSize> beforeStop, CommandOutput output, CancellationToken cancellation)
    {
        (TimeSpan stall, ByteSize file) = RuntimeDump.Predict(pid);
        output.Say($"Its own runtime is asked for a dump instead, which is read and deleted. Predicted: {DurationWords.Of(stall)} stopped, {file} of disk in {Path.GetTempPath()}.");
        if (stall > maxStall)
        {
            throw new LimpetException(
                Trouble.Refused,
                $"Refused: the dump would stop process {pid} for about {DurationWords.Of(stall)}, and --max-stall allows {DurationText.Format(maxStall)}. It was not stopped. Allow more with --max-stall, or run limpet with CAP_SYS_PTRACE: reading its memory stops it for a small part of that.");
        }

        beforeStop(file);
        (DumpHeap heap, TimeSpan stalled) = RuntimeDump.CaptureAsync(pid, strings, cancellation).GetAwaiter().GetResult();
        output.Detail($"dumped and read: {DurationWords.Of(stalled)} stopped, read in {DurationWords.Of(heap.Taken)}");
        HeapFileMetadata metadata = new()
        {
            ToolVersion = ToolInfo.Current.Version,
            RuntimeName = heap.RuntimeName,
            Pid = pid,
            CapturedAt = output.StartedAt,
            CommandLine = Redaction.CommandLine(ProcessReaders.DotNet.Detect(pid)?.CommandLine ?? []),
        };
        return new ProcessHeap(heap.Graph, metadata, new SnapshotTimings(TimeSpan.Zero, stalled, TimeSpan.Zero), CaptureWay.Dump, heap.Code, heap);
    }
}
