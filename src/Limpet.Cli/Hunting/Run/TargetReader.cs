using Limpet.Capture;
using Limpet.Capture.Live;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Heap.Paths;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Run;

/// <summary>
/// Takes settled readings: collections from outside until the process stops giving things back, then a capture. Reachability
/// needs no collection; descriptors, threads and memory that finalizers free do.
/// </summary>
internal sealed class TargetReader : IDisposable
{
    private const int MostCollections = 5;
    private static readonly TimeSpan CollectionDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FinalizerPause = TimeSpan.FromMilliseconds(20);

    /// <summary>How long the target runs before a heap is read again of which a part could not be read.</summary>
    private static readonly TimeSpan BeforeAgain = TimeSpan.FromMilliseconds(200);

    private readonly LiveTarget live;
    private readonly ProcessCode code;
    private GcInducer? inducer;

    public TargetReader(int pid)
    {
        live = LiveTarget.Attach(pid);
        code = ProcessCode.Of(pid);
    }

    public LiveTarget Live => live;

    /// <summary>The code of the process.</summary>
    public ICodeFacts Code => code;

    /// <summary>What the ways to objects leave out; null for nothing.</summary>
    public Func<HeapGraph, PathLimits>? Limits { get; init; }

    public int Pid => live.ProcessId;

    /// <summary>Whether collections can be induced.</summary>
    public bool CanCollect => inducer is not null;

    /// <summary>Induces collections from now on, if the diagnostics port lets it.</summary>
    public void UseDiagnostics(DotNetProcess program) => inducer = program.Diagnostics.IsReady ? new GcInducer(program.Pid) : null;

    /// <summary>The heap of the last reading; null before the first.</summary>
    public HeapView? Last { get; private set; }

    /// <summary>What is known of the sockets that are open now.</summary>
    public IReadOnlyDictionary<long, SocketInfo> ReadSockets() => ProcessReaders.Reader.ReadSockets(Pid);

    /// <summary>Takes a settled reading.</summary>
    /// <exception cref="LimpetException">The process has gone, does not answer, or the system refused.</exception>
    public async Task<SettledReading> ReadAsync(CancellationToken cancellation)
    {
        ProcessReading immediate = ReadProcess(ProcessParts.Memory | ProcessParts.DescriptorTargets | ProcessParts.Threads);
        await SettleAsync(immediate, cancellation);
        ProcessReading settled = ReadProcess(ProcessParts.MemoryAreas | ProcessParts.DescriptorTargets | ProcessParts.Threads);
        HeapView view = Capture(cancellation);
        TimeSpan stall = view.Capture.Timings.Stall;
        if (view.Capture.UnreadShare > 0)
        {
            await Task.Delay(BeforeAgain, cancellation);
            view = Capture(cancellation);
            stall += view.Capture.Timings.Stall;
            UnreadHeap.Refuse(view.Capture.UnreadShare, view.Capture.Graph.IncompleteReason);
        }

        int waiting = view.Capture.Graph.Roots.Count(root => root.Kind == RootKind.FinalizerQueue);
        return new SettledReading(immediate, settled, view.Census, view.Capture.CommittedHeap.Bytes, waiting, stall)
        {
            NativeParts = SettledReading.NativePartsOf(settled.MemoryAreas ?? [], view.Capture.Graph.Addresses.Segments),
        };
    }

    private ProcessReading ReadProcess(ProcessParts parts) => ProcessReaders.Reader.Read(Pid, parts);

    /// <summary>Captures the heap as it is, without a collection before.</summary>
    public HeapView Capture(CancellationToken cancellation)
    {
        Last?.Dispose();
        Last = null;
        LiveCapture capture = live.Capture(cancellation: cancellation);
        return Last = new HeapView(capture, code, Limits?.Invoke(capture.Graph) ?? new PathLimits(), cancellation);
    }

    public void Dispose()
    {
        Last?.Dispose();
        live.Dispose();
        code.Dispose();
    }

    /// <summary>Collects until two readings agree: what the first collection found dead its finalizers give back after it, and the next one frees.</summary>
    private async Task SettleAsync(ProcessReading before, CancellationToken cancellation)
    {
        if (inducer is null)
        {
            return;
        }

        ProcessReading last = before;
        for (int collection = 1; collection <= MostCollections; collection++)
        {
            await inducer.InduceAsync(CollectionDeadline, cancellation);
            await Task.Delay(FinalizerPause, cancellation);
            ProcessReading now = ReadProcess(ProcessParts.Descriptors | ProcessParts.Threads);
            if (collection >= 2 && now.DescriptorCount == last.DescriptorCount && now.ThreadCount == last.ThreadCount)
            {
                return;
            }

            last = now;
        }
    }
}
