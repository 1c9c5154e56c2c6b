using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Limpet.Capture.Live;
using Limpet.Capture.Native;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Dumps;

/// <summary>
/// The heap of a process as a dump kept it. A core dump of Linux on x64 is read by the same decoder as a running process, over the file as it is mapped; a dump of another
/// system, on that system, through the debugging library's own enumeration. A dump does not say what it lacks: memory that it should hold and does not is
/// noticed when the heap is walked, and the graph says so.
/// </summary>
public sealed class DumpHeap : IDisposable
{
    private const string Again = "Write the dump again: createdump --withheap -f FILE PID";
    private const string AgainElsewhere = "Write the dump again, with its heap: dotnet-dump collect -p PID";
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

    /// <summary>How it was read, where that decides what it shows; null for a core dump that the decoder of running processes read.</summary>
    public CaptureWay? Way { get; private init; }

    /// <summary>What to know of the heap beside its content: that nobody tested this way on this system.</summary>
    public ImmutableArray<string> Warnings { get; private init; } = [];

    /// <summary>What no heap shows that was read through the debugging library's own enumeration (<see cref="CaptureWay.PortableDump"/>).</summary>
    public static ImmutableArray<string> PortableBlindSpots => PortableReading.BlindSpots;

    /// <summary>The code of its modules, as far as files of the same build are on this machine.</summary>
    public ICodeFacts Code => code;

    /// <summary>What each of <see cref="DumpRequest.References"/> refers to; none where it refers to nothing.</summary>
    public ImmutableArray<NodeIndex> Objects { get; private init; } = [];

    /// <summary>The stacks of all managed threads, grouped by shape; empty unless they were asked for.</summary>
    public ImmutableArray<ThreadStackGroup> Stacks { get; private init; } = [];

    /// <summary>Whether a file begins as a dump does, whichever system it is of. False for one that cannot be read.</summary>
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
            return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && DumpOrigin.BeginsAsDump(start);
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
    /// <exception cref="LimpetException">It cannot be read: no dump, cut, altered, without heap, of another system or of a runtime that is not here.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DumpHeap Open(string path, Action<ClrRuntime>? inspect = null, DumpRequest? request = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        long start = Stopwatch.GetTimestamp();
        CaptureSystem system = CaptureSystem.Current;
        NamedFile name = new(path, Again);
        RequireReader(name, DumpOrigin.Of(path), system);
        DumpRequest wanted = request ?? new DumpRequest();
        if (!IsDecodedOn(system))
        {
            return wanted is { References.Count: 0, WithStacks: false } ? OpenPortable(path, system, start, cancellation)
                : throw name.Unreadable($"weak handles and stacks are read of dumps of Linux on x64, and this is {system}.", "Convert the dump for its heap: limpet convert DUMP -o FILE.limpet", trouble: Trouble.Refused);
        }

        using MappedFile file = MappedFile.Open(path, Again);
        return Guarded(name, () => Read(file, inspect, wanted, start, cancellation));
    }

    /// <summary>Reads a dump through the debugging library's own enumeration, also where the decoder could.</summary>
    internal static DumpHeap OpenPortable(string path, CaptureSystem system, CancellationToken cancellation) => OpenPortable(path, system, Stopwatch.GetTimestamp(), cancellation);

    /// <summary>Makes sure that there is a way to read the dump of a system on another one, or the same.</summary>
    /// <param name="file">The dump.</param>
    /// <param name="origin">Where it was written; null when that is not known, which only the decoder can say more about.</param>
    /// <param name="system">Where it is read.</param>
    /// <exception cref="LimpetException">There is none.</exception>
    internal static void RequireReader(NamedFile file, CaptureSystem? origin, CaptureSystem system)
    {
        if (origin is null && !IsDecodedOn(system))
        {
            throw file.Unreadable("it is no dump of a .NET process that limpet knows.", "Give a core dump of Linux or macOS, or a minidump of Windows with the heap.");
        }

        if (origin is not null && (origin.Name, origin.Architecture) != (system.Name, system.Architecture))
        {
            throw file.Unreadable(
                $"it is the dump of a process on {origin}, whose runtime describes itself by a library that runs there only, and this is {system}.",
                $"Convert it on {origin}: limpet convert DUMP -o FILE.limpet",
                trouble: Trouble.Refused);
        }
    }

    /// <summary>Makes sure that there is something to read.</summary>
    /// <exception cref="LimpetException">There is nothing.</exception>
    internal static void RequireHeap(NamedFile file, int segments, long objects)
    {
        if (segments == 0 || objects == 0)
        {
            throw file.Unreadable($"it holds no heap: {segments} segments are listed, and nothing of them is in the file.");
        }
    }

    /// <summary>Why a graph is not whole; null when it is.</summary>
    internal static string? WhatIsMissing(ClrRuntime runtime, int broken, ByteSize unread, RootSet roots) =>
        broken > 0 ? $"{unread} of the heap in {broken} segments is not in the dump, or was altered"
        : !runtime.Heap.CanWalkHeap ? "the dump was written in the middle of a garbage collection, while objects were being moved"
        : roots.UnreadableStacks > 0 ? $"the stacks of {roots.UnreadableStacks} threads could not be walked: what only they hold is not reachable"
        : null;

    /// <inheritdoc />
    public void Dispose()
    {
        code.Dispose();
        Graph.Dispose();
    }

    private static bool IsDecodedOn(CaptureSystem system) => system is { Name: "Linux", Architecture: Architecture.X64 };

    private static DumpHeap OpenPortable(string path, CaptureSystem system, long start, CancellationToken cancellation)
    {
        NamedFile file = new(path, AgainElsewhere);
        return Guarded(file, () =>
        {
            using RuntimeView view = DumpRuntime.Open(file);
            PortableReading reading = new(file, view, cancellation);
            HeapGraph graph = reading.Read();
            return new DumpHeap(ProcessCode.OfFiles(reading.Files), graph, view, [], Stopwatch.GetElapsedTime(start))
            {
                Way = CaptureWay.PortableDump,
                Warnings = CapturePlan.For(system).Warning is { } warning ? [warning] : [],
            };
        });
    }

    private static DumpHeap Guarded(NamedFile file, Func<DumpHeap> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (LimpetException or OperationCanceledException or OutOfMemoryException))
        {
            // Whatever the debugging library makes of wrong data, it is the data that is wrong.
            throw file.Unreadable($"it was cut or altered, or holds too little: {exception.Message.TrimEnd('.')}.", null, exception);
        }
    }

    private static DumpHeap Read(MappedFile file, Action<ClrRuntime>? inspect, DumpRequest request, long start, CancellationToken cancellation)
    {
        if (!ElfCore.IsElf(file.Slice(0, 4)))
        {
            throw file.Unreadable("it is no core dump.");
        }

        ElfCore core = ElfCore.Read(file);
        var memory = new CoreMemory(file, core);
        using RuntimeView view = DumpRuntime.Open(file.Name);
        ClrRuntime runtime = view.Runtime;
        using HeapReading reading = new(memory, view, request.Strings);
        reading.Names.LearnWellKnown(runtime);
        for (; ; reading.Decoder.Discard())
        {
            cancellation.ThrowIfCancellationRequested();
            reading.Read(runtime, cancellation);
            RequireHeap(file.Name, reading.Decoder.Segments.Count, reading.Decoder.Workers.Sum(worker => (long)worker.Nodes));
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
        ulong?[] addresses = OutsideReferences.Read(runtime, request.References);
        StackGroups? stacks = request.WithStacks ? StackGroups.Read(runtime) : null;
        HeapGraph graph = reading.Build(() => WhatIsMissing(runtime, reading.Broken.Count, reading.Unread, reading.Roots), cancellation);
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
}
