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

    /// <summary>For results: how the heap of a process was read, <c>captureWay</c>; nothing for a file.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; private init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The code of a process; null for a file, which holds the lines of methods and no code.</summary>
    public ICodeFacts? Code { get; }

    /// <summary>Where the resident memory of a process went; null unless it was asked for.</summary>
    public MemoryTable? Memory { get; private init; }

    /// <summary>Opens a process, and reads where its resident memory went.</summary>
    /// <exception cref="LimpetException">The source is no process, or it cannot be read.</exception>
    public static HeapSource OpenWithMemory(string source, TimeSpan maxStall, StringReading strings, CommandOutput output, CancellationToken cancellation)
    {
        if (!PidText.LooksLike(source))
        {
            throw new LimpetException($"{Escaping.Show(source)} is no process id, and --memory is of a running process: a file does not say what was in memory. List the .NET processes with: limpet ps");
        }

        return Of(ProcessHeap.CaptureWithMemory(PidText.Read(source), maxStall, strings, output, cancellation));
    }

    /// <summary>Opens a source.</summary>
    /// <exception cref="LimpetException">It is no source, or it cannot be read.</exception>
    public static HeapSource Open(string source, TimeSpan maxStall, CommandOutput output, CancellationToken cancellation) =>
        Open(source, maxStall, StringReading.None, output, cancellation);

    /// <summary>Opens a source.</summary>
    /// <param name="source">A process id or the name of a file.</param>
    /// <param name="maxStall">How long a process may stand still.</param>
    /// <param name="strings">What is kept of the texts of strings, where it is not settled by a file.</param>
    /// <param name="output">Where to tell what is done.</param>
    /// <param name="cancellation">Cancels between the steps.</param>
    /// <exception cref="LimpetException">It is no source, or it cannot be read.</exception>
    public static HeapSource Open(string source, TimeSpan maxStall, StringReading strings, CommandOutput output, CancellationToken cancellation) =>
        source.Length == 0 ? throw new LimpetException("The name of the source is empty. Give a process id, or the name of a heap file or dump.")
        : PidText.LooksLike(source) ? OpenProcess(PidText.Read(source), maxStall, strings, output, cancellation) : OpenFile(source, strings, output, cancellation);

    public void Dispose() => owner.Dispose();

    private static HeapSource OpenProcess(int pid, TimeSpan maxStall, StringReading strings, CommandOutput output, CancellationToken cancellation) =>
        Of(ProcessHeap.Capture(pid, maxStall, strings, _ => { }, output, cancellation));

    private static HeapSource Of(ProcessHeap heap) => new(heap.Graph, heap.Metadata, heap, heap.Code)
    {
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("captureWay", heap.Way == CaptureWay.Live ? "live" : "dump"),
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
        DumpHeap dump = DumpHeap.Open(file, strings: strings, cancellation: cancellation);
        output.Detail($"read {Escaping.Show(file)}: {dump.Graph.NodeCount:N0} objects of process {dump.ProcessId} in {DurationWords.Of(dump.Taken)}");
        HeapFileMetadata metadata = new()
        {
            ToolVersion = ToolInfo.Current.Version,
            RuntimeName = dump.RuntimeName,
            Pid = dump.ProcessId,
            CapturedAt = File.GetLastWriteTimeUtc(file),
        };
        return new HeapSource(dump.Graph, metadata, dump, dump.Code);
    }
}
