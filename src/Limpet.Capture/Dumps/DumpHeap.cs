using System.Collections.Immutable;
using System.Diagnostics;
using Limpet.Capture.Live;
using Limpet.Capture.Native;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Dumps;

/// <summary>
/// The heap of a process as a core dump kept it. The same decoder reads it as reads a running process, over the file as it is mapped. A
/// dump does not say what it lacks: memory that it should hold and does not is noticed when the heap is walked, and the graph says so.
/// </summary>
public sealed class DumpHeap : IDisposable
{
    private readonly ProcessCode code;

    private DumpHeap(ProcessCode code, HeapGraph graph, RuntimeView view, ImmutableArray<string> commandLine, TimeSpan taken)
    {
        Graph = graph;
        ProcessId = view.Runtime.DataTarget.DataReader.ProcessId;
        RuntimeName = RuntimeVersion.Describe(view.Runtime.ClrInfo);
        CommandLine = commandLine;
        Taken = taken;
        this.code = code;
    }

    /// <summary>The heap.</summary>
    public HeapGraph Graph { get; }

    /// <summary>The process that the dump was taken of.</summary>
    public int ProcessId { get; }

    /// <summary>Its runtime, such as <c>.NET 10.0.12</c>.</summary>
    public string RuntimeName { get; }

    /// <summary>The command line of the process, as far as the dump holds it. May hold secrets: redact and escape before showing.</summary>
    public ImmutableArray<string> CommandLine { get; }

    /// <summary>From opening the file to the whole graph.</summary>
    public TimeSpan Taken { get; }

    /// <summary>The code of its modules, as far as files of the same build are on this machine.</summary>
    public ICodeFacts Code => code;

    /// <summary>What each of <see cref="DumpRequest.References"/> refers to; none where it refers to nothing, or is not in the dump.</summary>
    public ImmutableArray<NodeIndex> Objects { get; private init; } = [];

    /// <summary>The stacks of all managed threads, grouped by shape; empty unless they were asked for.</summary>
    public ImmutableArray<ThreadStackGroup> Stacks { get; private init; } = [];

    /// <summary>Whether a file begins as a core dump does. False for one that cannot be read.</summary>
    public static bool IsDump(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (path.Length == 0 || new FileInfo(path) is not { Exists: true, Length: >= 4 })
            {
                return false;
            }

            using FileStream file = File.OpenRead(path);
            Span<byte> start = stackalloc byte[4];
            return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && (ElfCore.IsElf(start) || IsMinidump(start));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads a dump.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inspect">Called with the debugging library's view of the same dump; for tests that compare.</param>
    /// <param name="request">What is wanted beside the heap; null for nothing.</param>
    /// <param name="cancellation">Cancels between the steps.</param>
    /// <exception cref="LimpetException">It cannot be read: no dump, cut, altered, without heap, of another machine or of a runtime that is not here.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DumpHeap Open(string path, Action<ClrRuntime>? inspect = null, DumpRequest? request = null, CancellationToken cancellation = default)
    {
        long start = Stopwatch.GetTimestamp();
        MappedFile file = MappedFile.Open(path, "Write the dump again: createdump --withheap -f FILE PID");
        try
        {
            if (IsMinidump(file.Slice(0, 4)))
            {
                throw file.Unreadable("it is a minidump of Windows, whose runtime describes itself by a library for Windows.", "Convert it there: limpet convert DUMP -o FILE.limpet", trouble: Trouble.Refused);
            }

            return Read(path, file, inspect, request ?? new DumpRequest(), start, cancellation);
        }
        catch (Exception exception) when (exception is not (LimpetException or OperationCanceledException or OutOfMemoryException))
        {
            // Whatever the debugging library makes of wrong data, it is the data that is wrong.
            throw file.Unreadable($"it was cut or altered, or holds too little: {exception.Message.TrimEnd('.')}.", null, exception);
        }
        finally
        {
            file.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        code.Dispose();
        Graph.Dispose();
    }

    private static bool IsMinidump(ReadOnlySpan<byte> start) => start.StartsWith("MDMP"u8);

    private static DumpHeap Read(string path, MappedFile file, Action<ClrRuntime>? inspect, DumpRequest request, long start, CancellationToken cancellation)
    {
        if (!ElfCore.IsElf(file.Slice(0, 4)))
        {
            throw file.Unreadable("it is no core dump.");
        }

        ElfCore core = ElfCore.Read(file);
        var memory = new CoreMemory(file, core);
        using RuntimeView view = DumpRuntime.Open(path, file);
        ClrRuntime runtime = view.Runtime;
        if (!RuntimeAttachment.IsStarted(runtime))
        {
            throw file.Unreadable("its runtime had not started yet, or the dump holds too little of it.");
        }

        using HeapReading reading = new(memory, view, request.Strings);
        reading.Names.LearnWellKnown(runtime);
        for (; ; reading.Decoder.Discard())
        {
            cancellation.ThrowIfCancellationRequested();
            reading.Read(runtime, cancellation);
            RequireHeap(file, reading);
            reading.ReadBesides(runtime, cancellation);
            if (!reading.Complete(cancellation))
            {
                break;
            }
        }

        // The fields that are known now are read once more: the values of those that no handle leads to are not among the first.
        reading.NameStatics(cancellation);
        reading.ReadBesides(runtime, cancellation);

        inspect?.Invoke(runtime);
        ulong[] addresses = OutsideReferences.Read(runtime, request.References);
        StackGroups? stacks = request.WithStacks ? StackGroups.Read(runtime) : null;
        HeapGraph graph = reading.Build(() => WhatIsMissing(runtime, reading), cancellation);
        try
        {
            ProcessCode code = ProcessCode.OfFiles(reading.Names.FilesOfSameBuild());
            return new DumpHeap(code, graph, view, new DumpCommandLine(file, core, memory).Read(), Stopwatch.GetElapsedTime(start))
            {
                Objects = OutsideReferences.In(graph, addresses),
                Stacks = stacks?.Group(code) ?? [],
            };
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    private static void RequireHeap(MappedFile file, HeapReading reading)
    {
        if (reading.Decoder.Segments.Count == 0 || reading.Decoder.Workers.All(worker => worker.Nodes == 0))
        {
            throw file.Unreadable($"it holds no heap: {reading.Decoder.Segments.Count} segments are listed, and nothing of them is in the file.");
        }
    }

    private static string? WhatIsMissing(ClrRuntime runtime, HeapReading reading)
    {
        int broken = reading.Broken.Count;
        return broken > 0 ? $"{reading.Unread} of the heap in {broken} segments is not in the dump, or was altered"
            : !runtime.Heap.CanWalkHeap ? "the dump was written in the middle of a garbage collection, while objects were being moved"
            : reading.Roots.UnreadableStacks > 0 ? $"the stacks of {reading.Roots.UnreadableStacks} threads could not be walked: what only they hold is not reachable"
            : null;
    }
}
