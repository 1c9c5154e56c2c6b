using System.Collections.Immutable;
using System.Diagnostics;
using Limpet.Capture.Native;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// A running .NET process whose heap can be captured again and again. Attaching reads passively: the target is stopped only
/// inside <see cref="Capture"/>, only for as long as its heap is being read, and runs on if this process is killed at any moment.
/// </summary>
public sealed class LiveTarget : IDisposable
{
    private const int MaxRetries = 100;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartLook = TimeSpan.FromMilliseconds(50);
    private const int MaxStackRetries = 10;
    private static readonly TimeSpan RetryDeadline = TimeSpan.FromSeconds(5);
    private readonly TracerThread tracer = new();
    private readonly TargetMemory memory;
    private readonly LayoutTable layouts;
    private readonly HeapDecoder decoder;
    private readonly RuntimeView view;
    private readonly TargetNames names;
    private TimeSpan attachTime;
    private ByteSize committed;

    private LiveTarget(int pid)
    {
        long start = Stopwatch.GetTimestamp();
        ProcessId = pid;
        try
        {
            memory = new TargetMemory(pid);
            view = tracer.Run(() => new RuntimeView(pid));
            layouts = new LayoutTable(memory);
            decoder = new HeapDecoder(memory, layouts);
            names = tracer.Run(() => UnlessGone(WarmUp));
        }
        catch
        {
            decoder?.Dispose();
            tracer.Dispose();
            throw;
        }

        attachTime = Stopwatch.GetElapsedTime(start);
    }

    /// <summary>The process.</summary>
    public int ProcessId { get; }

    /// <summary>Its runtime, such as <c>.NET 10.0.12</c>.</summary>
    public string RuntimeName { get; private set; } = "";

    /// <summary>Whether it runs the server GC.</summary>
    public bool IsServerGc { get; private set; }

    /// <summary>What the next capture is expected to cost.</summary>
    public StallPrediction Prediction { get; private set; } = new(TimeSpan.Zero, default, default, 0);

    /// <summary>Size of the heap that the last capture read.</summary>
    internal long HeapBytes => decoder.HeapBytes;

    /// <summary>Bytes that the last capture read from the target to decode its heap; those of the debugging library are not among them.</summary>
    internal long HeapBytesRead => decoder.Workers.Sum(worker => worker.BytesRead);

    /// <summary>Attaches to a process and makes everything ready that can be made ready while it runs.</summary>
    /// <param name="pid">The process id.</param>
    /// <exception cref="LimpetException">No such process, not a .NET process, or the system refused.</exception>
    public static LiveTarget Attach(int pid) => new(pid);

    /// <summary>Stops the target, reads its heap, lets it go and builds the graph.</summary>
    /// <param name="inspect">Called with the debugging library's view of the same heap while the target stands still; for tests that compare.</param>
    /// <param name="cancellation">Cancels between the steps; the target is let go.</param>
    /// <exception cref="LimpetException">The process has gone, or the system refused.</exception>
    public LiveCapture Capture(Action<ClrRuntime>? inspect = null, CancellationToken cancellation = default) =>
        tracer.Run(() => UnlessGone(() => CaptureOnTracer(inspect, cancellation)));

    /// <summary>The stacks of all managed threads, grouped by shape. The target stands still meanwhile.</summary>
    public ImmutableArray<ThreadStackGroup> CaptureStacks()
    {
        StackGroups stacks = tracer.Run(() => UnlessGone(() =>
        {
            using ThreadStop stop = ThreadStop.Stop(ProcessId);
            return StackGroups.Read(view.Renew());
        }));
        using ProcessCode code = ProcessCode.Of(ProcessId);
        return stacks.Group(code);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        tracer.Run(view.Dispose);
        tracer.Dispose();
        decoder.Dispose();
        names.Dispose();
    }

    /// <summary>Whatever goes wrong while a process ends is its end, and is said so.</summary>
    private T UnlessGone<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (LimpetException or OperationCanceledException) && HasEnded())
        {
            throw new LimpetException(Trouble.NotRun, $"Process {ProcessId} ended while it was being read.", exception);
        }
    }

    private bool HasEnded()
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{ProcessId}/stat");
            return stat[stat.LastIndexOf(')') + 2] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>A process that was just started has a runtime before it has a heap: wait until both are there.</summary>
    private void AwaitRuntime()
    {
        long start = Stopwatch.GetTimestamp();
        while (!RuntimeAttachment.IsStarted(view.Runtime))
        {
            if (Stopwatch.GetElapsedTime(start) > StartDeadline)
            {
                throw new LimpetException(Trouble.NotRun, $"The runtime of process {ProcessId} has not started within {StartDeadline.TotalSeconds:0} s. Wait until the program is up (--ready-line, --ready-url) and try again.");
            }

            Thread.CurrentThread.Join(StartLook);
            view.Renew();
        }
    }

    private TargetNames WarmUp()
    {
        AwaitRuntime();
        ClrRuntime runtime = view.Runtime;
        RuntimeName = RuntimeVersion.Describe(runtime.ClrInfo);
        IsServerGc = runtime.Heap.IsServer;
        layouts.WellKnown = new WellKnownTypes(
            runtime.Heap.FreeType.MethodTable,
            RuntimeVersion.IsNet8(runtime.ClrInfo) ? 0x10000000u : 0x00200000u);
        var found = new TargetNames(memory, layouts, view);
        foreach (ClrHandle handle in runtime.EnumerateHandles().Take(16))
        {
            _ = handle.Object.Type?.IsArray;
        }

        // Twice: the first walk compiles the decoder and touches its memory, the second shows what a stop will cost.
        WalkPassively();
        long start = Stopwatch.GetTimestamp();
        (long nodes, long edges, double share) = WalkPassively();
        Predict(Stopwatch.GetElapsedTime(start) / Math.Max(share, 0.01), nodes, edges, share);
        return found;
    }

    private (long Nodes, long Edges, double Share) WalkPassively()
    {
        decoder.Prepare(HeapDecoder.PlanSegments(view.Renew().Heap));
        decoder.Run();
        decoder.Discard();
        double walked = decoder.Segments.Sum(segment => (double)((segment.BrokenAt == 0 ? segment.End : segment.BrokenAt) - segment.Start));
        return (decoder.Workers.Sum(worker => (long)worker.Nodes), decoder.Workers.Sum(worker => worker.Edges), walked / Math.Max(1, decoder.HeapBytes));
    }

    private void Predict(TimeSpan walk, long nodes, long edges, double share)
    {
        // Measured beside the walk: a millisecond for roots and bookkeeping, and a third of one for each thread's stack.
        const double PerThreadSeconds = 0.0004;
        const double FixedSeconds = 0.015;
        int threads = Directory.EnumerateDirectories($"/proc/{ProcessId}/task").Count();
        double scale = 1 / Math.Max(share, 0.01);
        Prediction = new StallPrediction(
            walk + TimeSpan.FromSeconds(FixedSeconds + (PerThreadSeconds * threads)),
            new ByteSize((long)(((nodes * 12) + (edges * 5)) * scale) + (decoder.HeapBytes / 56)),
            new ByteSize(decoder.HeapBytes),
            (long)(nodes * scale));
    }

    private LiveCapture CaptureOnTracer(Action<ClrRuntime>? inspect, CancellationToken cancellation)
    {
        var roots = new RootSet();
        string? incomplete = null;
        TimeSpan stalled = -names.Stalled;
        int retries = 0;
        names.Prepare(cancellation);
        long began = Stopwatch.GetTimestamp();
        for (; ; retries++)
        {
            cancellation.ThrowIfCancellationRequested();
            bool last = retries >= MaxRetries || Stopwatch.GetElapsedTime(began) > RetryDeadline;
            using (ThreadStop stop = ThreadStop.Stop(ProcessId))
            {
                long start = Stopwatch.GetTimestamp();
                incomplete = ReadStopped(ref roots, last, retries, inspect, cancellation);
                stalled += Stopwatch.GetElapsedTime(start);
            }

            if (incomplete is null)
            {
                if (!names.Complete(cancellation) || last)
                {
                    break;
                }

                // Facts of a type that nobody had met before are missing: they are read by walking again.
                decoder.Discard();
                continue;
            }

            if (last)
            {
                names.Complete(cancellation);
                break;
            }

            // The collector or an allocation was in the middle of its work; it goes on now that the target runs.
            cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(1 + (retries % 7)));
        }

        long building = Stopwatch.GetTimestamp();
        var builder = new GraphBuilder(decoder);
        var linking = Task.Run(() => builder.Link(roots.Dependent), CancellationToken.None);
        ImmutableDictionary<ulong, MethodName> methods;
        try
        {
            names.LookUpStatics([.. decoder.Segments.Select(segment => (segment.Start, segment.End))], cancellation);
            names.LookUpFrames(roots);
            methods = names.LookUpCode(
                decoder.Workers.SelectMany(worker => worker.Facts).Where(fact => fact.Kind == FactKind.DelegateCode).Select(fact => fact.Value));
        }
        finally
        {
            linking.Wait(CancellationToken.None);
        }

        stalled += names.Stalled;
        if (HasEnded())
        {
            // Nothing answers any more, and what has no answer looks like what has no name.
            incomplete ??= $"process {ProcessId} ended before everything was named; types, fields and methods may have no names";
        }

        HeapGraph graph = builder.Build(names.Types(), names.Roots(builder.Addresses, roots), CollectFacts(builder), methods, names.Versions(), incomplete);
        var timings = new CaptureTimings(attachTime, stalled, Stopwatch.GetElapsedTime(building), Stopwatch.GetElapsedTime(began), retries);
        attachTime = TimeSpan.Zero;
        return new LiveCapture(graph, timings, committed);
    }

    /// <summary>Reads everything that must be read in the stop; null when all of it could be, else why not. Only in the last try are the parts that could be read kept.</summary>
    private string? ReadStopped(ref RootSet roots, bool last, int retries, Action<ClrRuntime>? inspect, CancellationToken cancellation)
    {
        ClrRuntime runtime = view.Renew();
        ClrHeap heap = runtime.Heap;
        if (!heap.CanWalkHeap && !last)
        {
            return "a garbage collection is moving objects";
        }

        decoder.Prepare(HeapDecoder.PlanSegments(heap));
        committed = new ByteSize(heap.Segments.Sum(segment => (long)segment.CommittedMemory.Length));
        RootSet found = roots;
        decoder.Run(() => found = RootSet.Read(runtime, cancellation));
        roots = found;
        if (roots.UnreadableStacks > 0 && retries < MaxStackRetries && !last)
        {
            decoder.Discard();
            return "a thread stands where its stack cannot be walked";
        }

        SegmentPlan[] broken = [.. decoder.Segments.Where(segment => segment.BrokenAt != 0)];
        if (broken.Length > 0 && !last)
        {
            decoder.Discard();
            return "an object is being allocated";
        }

        names.ReadStopped(runtime, roots);
        LinkToLoaders(runtime);
        inspect?.Invoke(runtime);
        ulong unread = broken.Aggregate(0UL, (sum, segment) => sum + segment.End - segment.BrokenAt);
        return broken.Length == 0 ? null
            : $"{new ByteSize((long)unread)} of the heap in {broken.Length} segments could not be read: a collection or an allocation was under way in each of {retries + 1} tries";
    }

    /// <summary>Links objects of types that can be unloaded to what keeps those loaded.</summary>
    private unsafe void LinkToLoaders(ClrRuntime runtime)
    {
        var allocators = names.Collectible().ToDictionary(ordinal => ordinal, ordinal => RuntimeAttachment.LoaderAllocator(runtime, layouts.Layouts[ordinal].MethodTable));
        foreach (DecodeWorker worker in decoder.Workers)
        {
            foreach ((long edge, int layout) in worker.LoaderAllocatorEdges)
            {
                // Without an allocator the edge stays one from the object to itself, which reaches nothing new.
                if (BlockTable.TryGranule(decoder.Blocks.Table, allocators[layout], out uint granule))
                {
                    worker.Arenas.Targets[edge] = granule;
                }
            }
        }
    }

    private NodeFacts CollectFacts(GraphBuilder builder) => new(
        decoder.Workers.SelectMany((worker, index) => worker.Facts.Select(fact => (fact.Kind, new NodeIndex(builder.NodeOf(index, fact.LocalNode)), fact.Value))));
}
