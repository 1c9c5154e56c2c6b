using System.Collections.Immutable;
using Limpet.Capture;
using Limpet.Capture.Dumps;
using Limpet.Capture.Files;
using Limpet.Capture.GcDumps;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>A heap from wherever the user points: a process or a file.</summary>
internal sealed class HeapSource : IDisposable
{
    private const int MostOfWarning = 400;
    private readonly IDisposable owner;

    private HeapSource(HeapGraph graph, HeapFileMetadata metadata, IDisposable owner, ICodeFacts? code = null)
    {
        Code = code;
        Graph = graph;
        Metadata = metadata;
        this.owner = owner;
    }

    /// <summary>The heap.</summary>
    public HeapGraph Graph { get; }

    /// <summary>Where it comes from.</summary>
    public TargetInfo Target => new(Metadata.Pid, Metadata.CommandLine, Metadata.RuntimeName);

    /// <summary>Where it comes from, as a file of it says.</summary>
    public HeapFileMetadata Metadata { get; }

    /// <summary>How the heap was read from its process, now or for the file; null for a file that does not say so.</summary>
    public CaptureWay? Way => CaptureWays.TryRead(Metadata.Way);

    /// <summary>For results: how the heap was read from its process, <c>captureWay</c>.</summary>
    public ImmutableSortedDictionary<string, string> Environment => Way is { } way
        ? ImmutableSortedDictionary<string, string>.Empty.Add("captureWay", CaptureWays.NameOf(way))
        : ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>For results: what a heap that was read this way does not show.</summary>
    public ImmutableArray<string> BlindSpots => ProcessHeap.BlindSpotsOf(Way);

    /// <summary>For results: what else to know of it.</summary>
    public ImmutableArray<string> Warnings => [.. Metadata.Warnings.Select(warning => Escaping.Show(warning, MostOfWarning))];

    /// <summary>The code of a process; null for a file, which holds the lines of methods and no code.</summary>
    public ICodeFacts? Code { get; }

    /// <summary>Where the resident memory of a process went; null unless it was asked for.</summary>
    public MemoryTable? Memory { get; private init; }

    /// <summary>Opens a process, and reads where its resident memory went.</summary>
    /// <exception cref="LimpetException">The source is no process, or it cannot be read.</exception>
    public static HeapSource OpenWithMemory(string source, CaptureRequest capture, CommandOutput output, CancellationToken cancellation)
    {
        if (!PidText.LooksLike(source))
        {
            throw new LimpetException($"{Escaping.Show(source)} is no process id, and --memory is of a running process: a file does not say what was in memory. List the .NET processes with: limpet ps");
        }

        return Of(ProcessHeap.CaptureWithMemory(PidText.Read(source), capture, output, cancellation));
    }

    /// <summary>Opens a source.</summary>
    /// <exception cref="LimpetException">It is no source, or it cannot be read.</exception>
    public static HeapSource Open(string source, CaptureRequest capture, CommandOutput output, CancellationToken cancellation) =>
        source.Length == 0 ? throw new LimpetException("The name of the source is empty. Give a process id, or the name of a heap file or dump.")
        : PidText.LooksLike(source) ? OpenProcess(PidText.Read(source), capture, output, cancellation) : OpenFile(source, capture.Strings, output, cancellation);

    public void Dispose() => owner.Dispose();

    private static HeapSource OpenProcess(int pid, CaptureRequest capture, CommandOutput output, CancellationToken cancellation) =>
        Of(ProcessHeap.Capture(pid, capture, _ => { }, output, cancellation));

    private static HeapSource Of(ProcessHeap heap) => new(heap.Graph, heap.Metadata, heap, heap.Code)
    {
        Memory = heap.Memory,
    };

    private static HeapSource OpenFile(string file, StringReading strings, CommandOutput output, CancellationToken cancellation)
    {
        if (DumpHeap.IsDump(file))
        {
            return OpenDump(file, strings, output, cancellation);
        }

        if (GcDumpFile.IsGcDump(file))
        {
            LoadedHeap dump = GcDumpFile.Read(file, cancellation);
            output.Detail($"read {Escaping.Show(file)}: {dump.Graph.NodeCount:N0} objects, written by {Escaping.Show(dump.Metadata.ToolVersion, 40)}");
            return new HeapSource(dump.Graph, dump.Metadata, dump.Graph);
        }

        if (!HeapFile.IsHeapFile(file) && File.Exists(file) && !file.EndsWith(HeapFile.Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new LimpetException(
                $"{Escaping.Show(file)} is no heap that limpet reads. A source is a process id, a {HeapFile.Extension} or {GcDumpFile.Extension} file, or a core dump. Capture a running process with: limpet snapshot PID -o FILE{HeapFile.Extension}");
        }

        LoadedHeap heap = HeapFile.Open(file, cancellation);
        output.Detail($"read {Escaping.Show(file)}: {heap.Graph.NodeCount:N0} objects, captured {heap.Metadata.CapturedAt:u} by limpet {Escaping.Show(heap.Metadata.ToolVersion, 40)}");
        return new HeapSource(heap.Graph, heap.Metadata, heap.Graph);
    }

    private static HeapSource OpenDump(string file, StringReading strings, CommandOutput output, CancellationToken cancellation)
    {
        DumpHeap dump = DumpHeap.Open(file, request: new DumpRequest { Strings = strings }, cancellation: cancellation);
        output.Detail($"read {Escaping.Show(file)}: {dump.Graph.NodeCount:N0} objects of process {dump.ProcessId} in {DurationWords.Of(dump.Taken)}");
        HeapFileMetadata metadata = new()
        {
            ToolVersion = ToolInfo.Current.Version,
            RuntimeName = dump.RuntimeName,
            Pid = dump.ProcessId,
            CapturedAt = File.GetLastWriteTimeUtc(file),
            CommandLine = Redaction.CommandLine(dump.CommandLine),
            Way = dump.Way is { } way ? CaptureWays.NameOf(way) : null,
            Warnings = dump.Warnings,
        };
        return new HeapSource(dump.Graph, metadata, dump, dump.Code);
    }
}
