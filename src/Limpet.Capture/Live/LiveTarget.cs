using System.Collections.Immutable;
using System.Diagnostics;
using Limpet.Capture.Native;
using Limpet.Capture.Residency;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// A running .NET process whose heap can be captured again and again. Attaching reads passively: the target is stopped only
/// inside <see cref="Capture(Action{ClrRuntime}?, CancellationToken)"/>, only for as long as its heap is being read, and runs on if this process is killed at any moment.
/// </summary>
public sealed class LiveTarget : IDisposable
{
    private const int MaxRetries = 100;
    private const int MaxStackRetries = 10;

    /// <summary>Tries that are made however long the target has stood still.</summary>
    private const int FewRetries = 5;

    /// <summary>Tries that follow each other quickly; before each further one the target runs longer, for where threads wait for a processor some milliseconds change nothing.</summary>
    private const int QuickRetries = 10;

    private const int LongestWait = 100;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartLook = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryDeadline = TimeSpan.FromSeconds(5);

    /// <summary>How long the target stands still in all while its heap is in the middle of a change.</summary>
    private static readonly TimeSpan LongestRetries = TimeSpan.FromSeconds(1);

    private readonly TracerThread tracer = new();
    private readonly RuntimeView view;
    private readonly HeapReading reading;
    private TimeSpan attachTime;
    private ByteSize committed;
    private ResidentReading? resident;
    private string? missing;
    private double unreadShare;

    private LiveTarget(int pid, StringReading strings)
    {
        long start = Stopwatch.GetTimestamp();
        ProcessId = pid;
        try
        {
            view = tracer.Run(() => new RuntimeView(pid));
            reading = tracer.Run(() => UnlessGone(() => WarmUp(strings)));
        }
        catch
        {
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
    internal long HeapBytes => reading.Decoder.HeapBytes;

    /// <summary>Bytes that the last capture read from the target to decode its heap; those of the debugging library are not among them.</summary>
    internal long HeapBytesRead => reading.Decoder.Workers.Sum(worker => worker.BytesRead);

    /// <summary>Attaches to a process and makes everything ready that can be made ready while it runs.</summary>
    /// <param name="pid">The process id.</param>
    /// <param name="strings">What every capture keeps of the texts of strings.</param>
    /// <exception cref="LimpetException">No such process, not a .NET process, or the system refused.</exception>
    public static LiveTarget Attach(int pid, StringReading strings = StringReading.None) => new(pid, strings);

    /// <summary>Stops the target, reads its heap, lets it go and builds the graph.</summary>
    /// <param name="inspect">Called with the debugging library's view of the same heap while the target stands still.</param>
    /// <param name="cancellation">Cancels between the steps; the target is let go.</param>
    /// <exception cref="LimpetException">The process has gone, or the system refused.</exception>
    public LiveCapture Capture(Action<ClrRuntime>? inspect = null, CancellationToken cancellation = default) =>
        tracer.Run(() => UnlessGone(() => CaptureOnTracer(inspect, withMemory: false, cancellation)));

    /// <summary>Captures the heap, and reads in the same stop where the resident memory of the process went: some milliseconds more, and a second at most where there is very much native memory.</summary>
    /// <param name="cancellation">Cancels between the steps; the target is let go.</param>
    /// <exception cref="LimpetException">The process has gone, or the system refused.</exception>
    public LiveCapture CaptureWithMemory(CancellationToken cancellation = default) =>
        tracer.Run(() => UnlessGone(() => CaptureOnTracer(null, withMemory: true, cancellation)));

    /// <summary>As <see cref="Capture(Action{ClrRuntime}?, CancellationToken)"/>, and follows references that lie outside the heap, such as those of weak handles.</summary>
    /// <param name="references">Where in the target's memory they lie.</param>
    /// <param name="cancellation">Cancels between the steps; the target is let go.</param>
    /// <returns>The heap, and for each reference the object that it refers to; none where it refers to nothing.</returns>
    /// <exception cref="LimpetException">The process has gone, the system refused, or it is not known what one refers to.</exception>
    public (LiveCapture Capture, ImmutableArray<NodeIndex> Objects) Capture(IReadOnlyList<ulong> references, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(references);
        ulong?[] addresses = [];
        LiveCapture capture = Capture(runtime => addresses = OutsideReferences.Read(runtime, references), cancellation);
        try
        {
            return (capture, OutsideReferences.In(capture.Graph, addresses));
        }
        catch
        {
            capture.Graph.Dispose();
            throw;
        }
    }

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
        reading.Dispose();
    }

    /// <summary>Whatever goes wrong while a process ends is its end, and is said so.</summary>
    private T UnlessGone<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (LimpetException or OperationCanceledException) && RuntimeAttachment.HasEnded(ProcessId))
        {
            throw new LimpetException(Trouble.NotRun, $"Process {ProcessId} ended while it was being read.", exception);
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

    private HeapReading WarmUp(StringReading strings)
    {
        AwaitRuntime();
        ClrRuntime runtime = view.Runtime;
        RuntimeName = RuntimeVersion.Describe(runtime.ClrInfo);
        IsServerGc = runtime.Heap.IsServer;
        var warm = new HeapReading(new ProcessMemory(ProcessId), view, strings);
        try
        {
            PassiveQuestion.Ask(() => _ = runtime.EnumerateHandles().Take(16).Count(handle => handle.Object.Type is { IsArray: true }));

            // The first walk compiles the decoder, touches its memory and counts; the second, of a sample, shows what a stop will cost.
            PassiveWalk all = WalkPassively(warm.Decoder, HeapDecoder.PlanSegments(view.Renew().Heap));
            List<SegmentPlan> segments = HeapDecoder.PlanSegments(view.Renew().Heap);
            List<SegmentPlan> sample = WalkSample.Of(segments);
            WalkPassively(warm.Decoder, sample);
            Predict(strings, WalkSample.Predict(segments, sample, warm.Decoder.Workers.Count), all);
            return warm;
        }
        catch
        {
            warm.Dispose();
            throw;
        }
    }

    private static PassiveWalk WalkPassively(HeapDecoder decoder, List<SegmentPlan> segments)
    {
        decoder.Prepare(segments);
        decoder.Run();
        decoder.Discard();
        double walked = decoder.Segments.Sum(segment => (double)segment.Walked);
        double scale = 1 / Math.Max(walked / Math.Max(1, decoder.HeapBytes), 0.01);
        return new PassiveWalk(
            decoder.HeapBytes,
            (long)(decoder.Workers.Sum(worker => (long)worker.Nodes) * scale),
            (long)(decoder.Workers.Sum(worker => worker.Edges) * scale),
            (long)(decoder.Workers.Sum(worker => (long)worker.Strings) * scale));
    }

    private void Predict(StringReading strings, TimeSpan walk, PassiveWalk heap)
    {
        // Measured beside the walk: a millisecond for roots and bookkeeping, and a third of one for each thread's stack.
        const double PerThreadSeconds = 0.0004;
        const double FixedSeconds = 0.015;
        const double PerTextSeconds = 100e-9;
        int threads = Directory.EnumerateDirectories($"/proc/{ProcessId}/task").Count();
        Prediction = new StallPrediction(
            walk + TimeSpan.FromSeconds(FixedSeconds + (PerThreadSeconds * threads) + (strings == StringReading.Texts ? PerTextSeconds * heap.Strings : 0)),
            new ByteSize((heap.Nodes * 12) + (heap.Edges * 5) + (heap.Strings * 12) + (heap.Bytes / 56)),
            new ByteSize(heap.Bytes),
            heap.Nodes);
    }

    private LiveCapture CaptureOnTracer(Action<ClrRuntime>? inspect, bool withMemory, CancellationToken cancellation)
    {
        TimeSpan stalled = -reading.Names.Stalled;
        int retries = 0;
        reading.Prepare(cancellation);
        long began = Stopwatch.GetTimestamp();
        for (; ; retries++)
        {
            cancellation.ThrowIfCancellationRequested();
            bool last = retries >= MaxRetries || Stopwatch.GetElapsedTime(began) > RetryDeadline || (retries >= FewRetries && stalled > LongestRetries);
            bool read;
            using (ThreadStop stop = ThreadStop.Stop(ProcessId))
            {
                long start = Stopwatch.GetTimestamp();
                read = TryReadStopped(withMemory ? stop : null, last, retries, inspect, cancellation);
                stalled += Stopwatch.GetElapsedTime(start);
            }

            if (read)
            {
                if (!reading.Complete(cancellation) || last)
                {
                    break;
                }

                // Facts of a type that nobody had met before are missing: they are read by walking again.
                reading.Decoder.Discard();
                continue;
            }

            // The collector or an allocation was in the middle of its work; it goes on now that the target runs.
            cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(retries < QuickRetries ? 1 + (retries % 7) : Math.Min(LongestWait, 10 * (retries - QuickRetries + 1))));
        }

        long building = Stopwatch.GetTimestamp();
        HeapGraph graph = reading.Build(
            // Nothing answers any more when it has ended, and what has no answer looks like what has no name.
            () => missing ?? (RuntimeAttachment.HasEnded(ProcessId) ? $"process {ProcessId} ended before everything was named; types, fields and methods may have no names" : null),
            cancellation);
        stalled += reading.Names.Stalled;
        var timings = new CaptureTimings(attachTime, stalled, Stopwatch.GetElapsedTime(building), Stopwatch.GetElapsedTime(began), retries);
        attachTime = TimeSpan.Zero;
        return new LiveCapture(graph, timings, committed) { UnreadShare = unreadShare, Memory = resident?.Attribute(graph, cancellation) };
    }

    /// <summary>Reads everything that must be read in the stop; false when the moment is bad and a later one may be better. In the last try the parts that can be read are kept.</summary>
    private bool TryReadStopped(ThreadStop? forMemory, bool last, int retries, Action<ClrRuntime>? inspect, CancellationToken cancellation)
    {
        ClrRuntime runtime = view.Renew();
        if (!runtime.Heap.CanWalkHeap && !last)
        {
            return false;
        }

        resident = forMemory is null ? null : ResidentReading.Read(forMemory, runtime, ProcessId);
        committed = new ByteSize(runtime.Heap.Segments.Sum(segment => (long)segment.CommittedMemory.Length));
        reading.Read(runtime, cancellation);
        if (!last && (reading.Broken.Count > 0 || (reading.Roots.UnreadableStacks > 0 && retries < MaxStackRetries)))
        {
            reading.Decoder.Discard();
            return false;
        }

        reading.ReadBesides(runtime, cancellation);
        inspect?.Invoke(runtime);
        missing = WhatIsMissing(runtime, retries + 1);
        return true;
    }

    private string? WhatIsMissing(ClrRuntime runtime, int tries)
    {
        int broken = reading.Broken.Count;
        unreadShare = !runtime.Heap.CanWalkHeap ? 1 : reading.Unread.Bytes / Math.Max(1.0, reading.Decoder.Segments.Sum(segment => (double)(segment.End - segment.Start)));
        return broken > 0 ? $"{reading.Unread} of the heap in {broken} segments could not be read: a collection or an allocation was under way in each of {tries} tries"
            : !runtime.Heap.CanWalkHeap ? $"a garbage collection was moving objects in each of {tries} tries"
            : reading.Roots.UnreadableStacks > 0 ? $"the stacks of {reading.Roots.UnreadableStacks} threads could not be walked in {tries} tries: what only they hold is not reachable"
            : null;
    }

    /// <summary>What a walk met while the target ran on; what it could not read is made up for in proportion.</summary>
    private sealed record PassiveWalk(long Bytes, long Nodes, long Edges, long Strings);
}
