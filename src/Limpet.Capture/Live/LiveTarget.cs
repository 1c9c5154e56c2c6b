using System.Collections.Immutable;
using System.Diagnostics;
using Limpet.Capture.Native;
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
    private readonly TypeCatalog catalog;
    private readonly StaticSlots statics;
    private DataTarget dataTarget;
    private ClrRuntime runtime;
    private TimeSpan attachTime;
    private static readonly TimeSpan SearchDeadline = TimeSpan.FromSeconds(2);
    private int unnamedSlots = -1;
    private bool searchLost;
    private ByteSize committed;

    private LiveTarget(int pid)
    {
        long start = Stopwatch.GetTimestamp();
        ProcessId = pid;
        try
        {
            memory = new TargetMemory(pid);
            (dataTarget, runtime) = tracer.Run(() => RuntimeAttachment.Attach(pid));
            layouts = new LayoutTable(memory);
            decoder = new HeapDecoder(memory, layouts);
            catalog = new TypeCatalog(layouts, name => tracer.Run(() => name(runtime)));
            statics = new StaticSlots(memory);
            tracer.Run(() => UnlessGone<object?>(() =>
            {
                WarmUp();
                return null;
            }));
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
    public ImmutableArray<ThreadStackGroup> CaptureStacks() => tracer.Run(() => UnlessGone(() =>
    {
        using ThreadStop stop = ThreadStop.Stop(ProcessId);
        AttachAnew();
        return StackGroups.Read(runtime);
    }));

    /// <inheritdoc />
    public void Dispose()
    {
        tracer.Run(() =>
        {
            runtime.Dispose();
            dataTarget.Dispose();
        });
        tracer.Dispose();
        decoder.Dispose();
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
        while (!RuntimeAttachment.IsStarted(runtime))
        {
            if (Stopwatch.GetElapsedTime(start) > StartDeadline)
            {
                throw new LimpetException(Trouble.NotRun, $"The runtime of process {ProcessId} has not started within {StartDeadline.TotalSeconds:0} s. Wait until the program is up (--ready-line, --ready-url) and try again.");
            }

            Thread.CurrentThread.Join(StartLook);
            AttachAnew();
        }
    }

    private void WarmUp()
    {
        AwaitRuntime();
        RuntimeName = RuntimeVersion.Describe(runtime.ClrInfo);
        ClrHeap heap = runtime.Heap;
        IsServerGc = heap.IsServer;
        layouts.WellKnown = RuntimeAttachment.FindWellKnown(runtime);
        FindStatics();

        // Twice: the first walk compiles the decoder and touches its memory, the second shows what a stop will cost.
        WalkPassively();
        long start = Stopwatch.GetTimestamp();
        (long nodes, long edges, double share) = WalkPassively();
        TimeSpan walk = Stopwatch.GetElapsedTime(start);

        // Only layouts that the debugging library confirms stay: the heap was changing while it was read.
        layouts.Retain(layout => catalog.Knows(runtime, layout.MethodTable));
        WarmUpRoots();
        Predict(walk / Math.Max(share, 0.01), nodes, edges, share);
    }

    private (long Nodes, long Edges, double Share) WalkPassively()
    {
        AttachAnew();
        decoder.Prepare(HeapDecoder.PlanSegments(runtime.Heap));
        decoder.Run();
        decoder.Discard();
        double walked = decoder.Segments.Sum(segment => (double)((segment.BrokenAt == 0 ? segment.End : segment.BrokenAt) - segment.Start));
        return (decoder.Workers.Sum(worker => (long)worker.Nodes), decoder.Workers.Sum(worker => worker.Edges), walked / Math.Max(1, decoder.HeapBytes));
    }

    /// <summary>
    /// Replaces the debugging library's view of the target. Its own way to forget what it has read keeps some of it: methods that
    /// were compiled since are not recognised on stacks. With everything loaded a new view costs about 5 ms.
    /// </summary>
    private void AttachAnew()
    {
        (DataTarget oldTarget, ClrRuntime oldRuntime) = (dataTarget, runtime);
        (dataTarget, runtime) = RuntimeAttachment.Attach(ProcessId);
        oldRuntime.Dispose();
        oldTarget.Dispose();
    }

    private void WarmUpRoots()
    {
        foreach (ClrHandle handle in runtime.EnumerateHandles())
        {
            _ = handle.Object.Type?.IsArray;
        }
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
        var stalled = TimeSpan.Zero;
        int retries = 0;
        catalog.ForgetCollectible();
        layouts.Retain(layout => (layout.Flags & LayoutFlags.Collectible) == 0);
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

            if (incomplete is null || last)
            {
                break;
            }

            // The collector or an allocation was in the middle of its work; it goes on now that the target runs.
            cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(1 + (retries % 7)));
        }

        long building = Stopwatch.GetTimestamp();
        HeapGraph graph = Build(roots, incomplete);
        var timings = new CaptureTimings(attachTime, stalled, Stopwatch.GetElapsedTime(building), retries);
        attachTime = TimeSpan.Zero;
        return new LiveCapture(graph, timings, committed);
    }

    /// <summary>Reads everything that must be read in the stop; null when all of it could be, else why not. Only in the last try are the parts that could be read kept.</summary>
    private string? ReadStopped(ref RootSet roots, bool last, int retries, Action<ClrRuntime>? inspect, CancellationToken cancellation)
    {
        AttachAnew();
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

        statics.Read(runtime, roots);
        ResolveCollectible();
        inspect?.Invoke(runtime);
        ulong unread = broken.Aggregate(0UL, (sum, segment) => sum + segment.End - segment.BrokenAt);
        return broken.Length == 0 ? null
            : $"{new ByteSize((long)unread)} of the heap in {broken.Length} segments could not be read: a collection or an allocation was under way in each of {retries + 1} tries";
    }

    /// <summary>Types that can be unloaded are named in the stop, and their objects linked to what keeps them loaded: their method tables may be gone after it.</summary>
    private unsafe void ResolveCollectible()
    {
        var allocators = new Dictionary<int, ulong>();
        for (int ordinal = 0; ordinal < layouts.Count; ordinal++)
        {
            ObjectLayout layout = layouts.Layouts[ordinal];
            if ((layout.Flags & LayoutFlags.Collectible) != 0)
            {
                catalog.Get(runtime, layout);
                allocators[ordinal] = RuntimeAttachment.LoaderAllocator(runtime, layout.MethodTable);
            }
        }

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

    private HeapGraph Build(RootSet roots, string? incomplete)
    {
        WellKnownTypes? refreshed = null;
        var types = ImmutableArray.CreateBuilder<HeapType>(layouts.Count);
        for (int ordinal = 0; ordinal < layouts.Count; ordinal++)
        {
            HeapType type = catalog.Get(runtime, layouts.Layouts[ordinal]);
            types.Add(type);
            LayoutFlags facts = TypeCatalog.FactsOf(type);
            if (facts != (layouts.Layouts[ordinal].Flags & LayoutFlags.HasFacts) || !layouts.WellKnown.KnowsFieldsOf(facts))
            {
                // Its base or its fields were not known yet when the type was first met; from the next capture on its facts are read.
                layouts.Layouts[ordinal].Flags = (layouts.Layouts[ordinal].Flags & ~LayoutFlags.HasFacts) | facts;
                RuntimeAttachment.NewQuestion(runtime);
                refreshed ??= RuntimeAttachment.FindWellKnown(runtime);
            }
        }

        if (refreshed is { MulticastDelegate: not 0, Task: not 0 })
        {
            layouts.WellKnown = refreshed;
        }

        if (statics.UnnamedCount != unnamedSlots)
        {
            SearchStaticsAside();
            unnamedSlots = statics.UnnamedCount;
        }

        var code = new CodeNames(runtime, memory);
        var methods = ImmutableDictionary.CreateBuilder<ulong, MethodName>();
        RuntimeAttachment.NewQuestion(runtime);
        foreach (ulong pointer in decoder.Workers.SelectMany(worker => worker.Facts).Where(fact => fact.Kind == FactKind.DelegateCode).Select(fact => fact.Value).Distinct())
        {
            if (code.Find(pointer) is { } method)
            {
                methods[pointer] = method;
            }
        }

        return new GraphBuilder(decoder).Build(
            roots.Dependent,
            types.MoveToImmutable(),
            builder => new RootNaming(builder.Addresses).Name(statics.Roots().Concat(roots.Roots), roots.HandleArrays),
            CollectFacts,
            methods.ToImmutable(),
            incomplete);
    }

    /// <summary>
    /// Looks statics up through a view of its own on a thread of its own: over types that are being loaded the library may not come
    /// back. Then the names are missing, and the capture goes on without them.
    /// </summary>
    private void SearchStaticsAside()
    {
        if (searchLost)
        {
            return;
        }

        StaticSlots? found = null;
        var search = new Thread(() =>
        {
            try
            {
                (DataTarget target, ClrRuntime view) = RuntimeAttachment.Attach(ProcessId);
                RuntimeAttachment.Within(view, SearchDeadline);
                var names = new StaticSlots(memory);
                names.Find(view);
                found = names;
                view.Dispose();
                target.Dispose();
            }
            catch (LimpetException)
            {
                // The process ends: whoever reads it next says so.
            }
        })
        { IsBackground = true, Name = "limpet statics" };
        search.Start();
        searchLost = !search.Join(SearchDeadline);
        if (!searchLost && found is not null)
        {
            statics.TakeNames(found);
        }
    }

    private void FindStatics()
    {
        // 0.1 s is usual. Names that are not found in time are missing from this capture, and no more than that.
        RuntimeAttachment.Within(runtime, TimeSpan.FromSeconds(1));
        statics.Find(runtime);
        for (int ordinal = 0; ordinal < layouts.Count; ordinal++)
        {
            RuntimeAttachment.NewQuestion(runtime);

            // Module tables do not list instantiations of generic types; those with objects in the heap are found by them.
            if (runtime.GetTypeByMethodTable(layouts.Layouts[ordinal].MethodTable) is { Name: { } name } type && name.Contains('<', StringComparison.Ordinal))
            {
                statics.FindIn(runtime, type);
            }
        }

        RuntimeAttachment.Within(runtime, null);
    }

    private NodeFacts CollectFacts(GraphBuilder builder) => new(
        decoder.Workers.SelectMany((worker, index) => worker.Facts.Select(fact => (fact.Kind, new NodeIndex(builder.NodeOf(index, fact.LocalNode)), fact.Value))));
}
