using System.Collections.Immutable;
using Limpet.Capture;
using Limpet.Capture.Dumps;
using Limpet.Capture.EventPipe;
using Limpet.Capture.Files;
using Limpet.Capture.Symbols;
using Limpet.Cli.Hunting;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>
/// The heap of a running process by the first way that the system allows: its memory, else a dump by its own runtime, else the events of its runtime. Each way
/// that is refused says so before the next one is tried.
/// </summary>
internal sealed class ProcessHeap : IDisposable
{
    private static readonly TimeSpan WalkDeadline = TimeSpan.FromMinutes(5);
    private readonly IDisposable[] owned;

    private ProcessHeap(HeapGraph graph, HeapFileMetadata metadata, SnapshotTimings timings, CaptureWay way, ICodeFacts code, params IDisposable[] owned)
    {
        this.owned = owned;
        Graph = graph;
        Metadata = metadata with { Way = CaptureWays.NameOf(way), Warnings = CapturePlan.For(CaptureSystem.Current).Warning is { } warning ? [warning, .. metadata.Warnings] : metadata.Warnings };
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

    /// <summary>What each of <see cref="CaptureRequest.References"/> refers to; empty where the way does not show it.</summary>
    public ImmutableArray<NodeIndex> Objects { get; private init; } = [];

    /// <summary>The stacks of all threads; empty unless they were asked for.</summary>
    public ImmutableArray<ThreadStackGroup> Stacks { get; private init; } = [];

    /// <summary>For results: what this way does not show.</summary>
    public ImmutableArray<string> BlindSpots => BlindSpotsOf(Way);

    /// <summary>What a way does not show.</summary>
    public static ImmutableArray<string> BlindSpotsOf(CaptureWay? way) => way switch
    {
        CaptureWay.EventPipe => EventHeap.BlindSpots,
        CaptureWay.PortableDump => DumpHeap.PortableBlindSpots,
        _ => [],
    };

    /// <summary>Captures the heap.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="request">How the user wants it.</param>
    /// <param name="beforeStop">Called with the memory that the graph will take, before the process is stopped.</param>
    /// <param name="output">Where to tell what is done.</param>
    /// <param name="cancellation">Cancels between the steps.</param>
    /// <exception cref="LimpetException">No such process, the stop would be too long, or every way is refused.</exception>
    public static ProcessHeap Capture(int pid, CaptureRequest request, Action<ByteSize> beforeStop, CommandOutput output, CancellationToken cancellation)
    {
        ImmutableArray<CaptureWay> ways = request.Way is { } only ? [only] : CapturePlan.For(CaptureSystem.Current).Ways;
        return WayAttempts.First(
            ways,
            (way, isInstead) => way == CaptureWay.Live
                ? CaptureLive(pid, request, withMemory: false, beforeStop, output, cancellation)
                : CaptureByRuntime(way, pid, request, beforeStop, isInstead, output, cancellation),
            output);
    }

    /// <summary>Captures the heap by a way that asks the runtime of the process.</summary>
    /// <param name="way">By a dump or by events.</param>
    /// <param name="pid">The process.</param>
    /// <param name="request">How the user wants it.</param>
    /// <param name="beforeStop">Called with the disk or memory that it will take, before the process is stopped.</param>
    /// <param name="isInstead">Whether another way was refused.</param>
    /// <param name="output">Where to tell what is done.</param>
    /// <param name="cancellation">Cancels between the steps.</param>
    /// <exception cref="LimpetException">No such process, the stop would be too long, or the way is refused.</exception>
    public static ProcessHeap CaptureByRuntime(CaptureWay way, int pid, CaptureRequest request, Action<ByteSize> beforeStop, bool isInstead, CommandOutput output, CancellationToken cancellation) =>
        way == CaptureWay.Dump
            ? CaptureDump(pid, request, beforeStop, isInstead, output, cancellation)
            : CaptureEvents(pid, request.MaxStall, beforeStop, isInstead, output, cancellation);

    /// <summary>Captures the heap and reads where the resident memory went. A dump does not know what of it is in memory: there is no second way.</summary>
    /// <exception cref="LimpetException">No such process, another way is asked for, the stop would be too long, or the system refused.</exception>
    public static ProcessHeap CaptureWithMemory(int pid, CaptureRequest request, CommandOutput output, CancellationToken cancellation) => request.Way is null or CaptureWay.Live
        ? CaptureLive(pid, request, withMemory: true, _ => { }, output, cancellation)
        : throw new LimpetException($"--memory reads the memory of the process, and --way is {CaptureWays.NameOf(request.Way.Value)}. Leave one of the two out.");

    public void Dispose()
    {
        foreach (IDisposable part in owned)
        {
            part.Dispose();
        }
    }

    private static ProcessHeap CaptureLive(int pid, CaptureRequest request, bool withMemory, Action<ByteSize> beforeStop, CommandOutput output, CancellationToken cancellation)
    {
        LiveHeap live = LiveHeap.Attach(pid, request.Strings, output);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            beforeStop(live.Prediction.Memory);
            LiveCapture capture = live.Capture(request.MaxStall, withMemory, output, cancellation);
            var timings = new SnapshotTimings(capture.Timings.Attach, capture.Timings.Stall, TimeSpan.Zero);
            return new ProcessHeap(capture.Graph, live.Metadata(output.StartedAt), timings, CaptureWay.Live, live.Code, live) { Memory = capture.Memory };
        }
        catch
        {
            live.Dispose();
            throw;
        }
    }

    private static ProcessHeap CaptureDump(int pid, CaptureRequest request, Action<ByteSize> beforeStop, bool isInstead, CommandOutput output, CancellationToken cancellation)
    {
        HeapFileMetadata metadata = Describe(pid, output);
        (TimeSpan stall, ByteSize file) = RuntimeDump.Predict(pid);
        output.Say($"Its own runtime is asked for a dump{(isInstead ? " instead" : "")}, which is read and deleted. Predicted: {DurationWords.Of(stall)} stopped, {file} of disk in {Path.GetTempPath()}.");
        Require(pid, "the dump", stall, request.MaxStall);
        beforeStop(file);
        DumpRequest wanted = new() { Strings = request.Strings, References = request.References, WithStacks = request.WithStacks };
        (DumpHeap heap, TimeSpan stalled) = RuntimeDump.CaptureAsync(pid, wanted, cancellation).GetAwaiter().GetResult();
        output.Detail($"dumped and read: {DurationWords.Of(stalled)} stopped, read in {DurationWords.Of(heap.Taken)}");
        return new ProcessHeap(heap.Graph, metadata with { RuntimeName = heap.RuntimeName }, new SnapshotTimings(TimeSpan.Zero, stalled, TimeSpan.Zero), CaptureWay.Dump, heap.Code, heap) { Objects = heap.Objects, Stacks = heap.Stacks };
    }

    private static ProcessHeap CaptureEvents(int pid, TimeSpan maxStall, Action<ByteSize> beforeStop, bool isInstead, CommandOutput output, CancellationToken cancellation)
    {
        HeapFileMetadata metadata = Describe(pid, output);
        EventPrediction prediction = EventHeap.Predict(pid);
        output.Say($"Its own runtime is asked {(isInstead ? "instead " : "")}to collect, and to tell what it sees by events. Predicted: {DurationWords.Of(prediction.Stall)} stopped, at most {prediction.Buffer} more memory in the process.");
        Require(pid, "the walk of its heap", prediction.Stall, maxStall);
        beforeStop(prediction.Memory);
        EventHeap heap = EventHeap.CaptureAsync(pid, WalkDeadline, cancellation).GetAwaiter().GetResult();
        output.Detail($"told by events: {DurationWords.Of(heap.Stall)} stopped, {DurationWords.Of(heap.Taken)} in all");
        ProcessCode code = ProcessCode.Of(pid);
        return new ProcessHeap(heap.Graph, metadata with { Warnings = heap.Warnings }, new SnapshotTimings(TimeSpan.Zero, heap.Stall, TimeSpan.Zero), CaptureWay.EventPipe, code, code, heap);
    }

    private static void Require(int pid, string what, TimeSpan stall, TimeSpan maxStall)
    {
        if (stall > maxStall)
        {
            throw new StallRefusedException(
                $"Refused: {what} would stop process {pid} for about {DurationWords.Of(stall)}, and --max-stall allows {DurationText.Format(maxStall)}. It was not stopped. Allow more with --max-stall, or run limpet with CAP_SYS_PTRACE: reading its memory stops it for a small part of that.").Refusal;
        }
    }

    /// <summary>What is known of a process without reading it.</summary>
    private static HeapFileMetadata Describe(int pid, CommandOutput output)
    {
        DotNetProcess? process = CaptureSystem.Current.HasProc ? LiveHeap.Find(pid) : null;
        return new HeapFileMetadata
        {
            ToolVersion = ToolInfo.Current.Version,
            RuntimeName = process?.RuntimeVersion is { } version ? ".NET " + version : ".NET",
            Pid = pid,
            CapturedAt = output.StartedAt,
            CommandLine = Redaction.CommandLine(process?.CommandLine ?? []),
        };
    }
}
