using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using Limpet.Capture.Native;
using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// Decodes all segments on all cores, and lends out the memory that the result lies in, so that a later capture of the same
/// target writes to pages that are warm.
/// </summary>
internal sealed unsafe class HeapDecoder : IDisposable
{
    private const int MaxWorkers = 8;
    private readonly DecodeWorker[] workers;
    private readonly StringReading strings;
    private readonly Stack<GraphArenas> free = [];
    private readonly Lock freeing = new();
    private NativeArena? bitmap;
    private bool disposed;

    public HeapDecoder(TargetMemory memory, LayoutTable layouts, StringReading strings)
    {
        this.strings = strings;
        workers = new DecodeWorker[Math.Clamp(Environment.ProcessorCount, 1, MaxWorkers)];
        for (int worker = 0; worker < workers.Length; worker++)
        {
            workers[worker] = new DecodeWorker(memory, layouts, strings);
        }
    }

    public BlockTable Blocks { get; } = new();

    public IReadOnlyList<DecodeWorker> Workers => workers;

    public IReadOnlyList<SegmentPlan> Segments { get; private set; } = [];

    public long HeapBytes { get; private set; }

    public ulong* Bits => (ulong*)bitmap!.Pointer;

    /// <summary>The segments of the heap as it is now, with the stretches that threads allocate from.</summary>
    public static List<SegmentPlan> PlanSegments(ClrHeap heap)
    {
        var contexts = heap.EnumerateAllocationContexts()
            // One that is used up counts too: the smallest object's worth of memory behind it belongs to nobody.
            .Where(context => context.Start != 0 && context.End >= context.Start)
            .Select(context => (context.Start, context.End))
            .OrderBy(context => context.Start)
            .ToArray();
        var plans = new List<SegmentPlan>();
        foreach (ClrSegment segment in heap.Segments)
        {
            (ulong start, ulong end) = (segment.ObjectRange.Start, segment.ObjectRange.End);
            if (end > start)
            {
                var gaps = contexts.Where(context => context.Start >= start && context.Start < end).ToArray();
                plans.Add(new SegmentPlan(start, end, GenerationOf(segment.Kind), gaps));
            }
        }

        return plans;
    }

    /// <summary>Makes ready for <paramref name="segments"/>: numbers their blocks, clears the bits.</summary>
    public void Prepare(IReadOnlyList<SegmentPlan> segments)
    {
        Segments = segments;
        HeapBytes = segments.Sum(segment => (long)(segment.End - segment.Start));
        Blocks.Assign(segments.Select(segment => (segment.Start, segment.End)));
        long bytes = Blocks.BitmapWords * sizeof(ulong);
        if (bitmap is null || (long)bitmap.Bytes < bytes)
        {
            bitmap?.Dispose();
            bitmap = new NativeArena(bytes + (bytes / 4));
        }

        NativeMemory.Clear(bitmap.Pointer, (nuint)bytes);
        foreach (DecodeWorker worker in workers)
        {
            worker.Begin(RentArenas(), Blocks);
        }
    }

    /// <summary>Decodes the prepared segments on all workers; returns when all are done.</summary>
    public void Run(Action? meanwhile = null)
    {
        // Largest first, so that no worker is left alone with a large one at the end.
        SegmentPlan[] order = [.. Segments.OrderByDescending(segment => segment.End - segment.Start)];
        int next = -1;
        var tasks = new Task[workers.Length];
        for (int index = 0; index < workers.Length; index++)
        {
            int worker = index;
            tasks[index] = Task.Factory.StartNew(
                () =>
                {
                    for (int item; (item = Interlocked.Increment(ref next)) < order.Length;)
                    {
                        order[item].Worker = worker;
                        long start = Stopwatch.GetTimestamp();
                        workers[worker].Decode(order[item], Blocks, Bits);
                        order[item].Time = Stopwatch.GetElapsedTime(start);
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }

        try
        {
            meanwhile?.Invoke();
        }
        finally
        {
            Task.WaitAll(tasks);
        }
    }

    /// <summary>Gives the arenas of all workers back without using what is in them.</summary>
    public void Discard()
    {
        foreach (DecodeWorker worker in workers)
        {
            ReturnArenas(worker.Arenas);
        }
    }

    /// <summary>Takes the bits of the last run out of the decoder.</summary>
    public NativeArena TakeBitmap()
    {
        NativeArena taken = bitmap!;
        bitmap = null;
        return taken;
    }

    public void ReturnArenas(GraphArenas arenas)
    {
        lock (freeing)
        {
            if (!disposed)
            {
                free.Push(arenas);
                return;
            }
        }

        arenas.Dispose();
    }

    public void Dispose()
    {
        lock (freeing)
        {
            disposed = true;
        }

        while (free.TryPop(out GraphArenas? arenas))
        {
            arenas.Dispose();
        }

        foreach (DecodeWorker worker in workers)
        {
            worker.Dispose();
        }

        bitmap?.Dispose();
        Blocks.Dispose();
    }

    private GraphArenas RentArenas()
    {
        // Room to spare: a later capture of a heap that has grown finds its arenas large enough.
        long wanted = (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(HeapBytes, 64L << 20));
        lock (freeing)
        {
            while (free.TryPop(out GraphArenas? arenas))
            {
                if (arenas.HeapBytes >= HeapBytes)
                {
                    return arenas;
                }

                arenas.Dispose();
            }
        }

        return new GraphArenas(wanted, strings);
    }

    private static HeapGeneration GenerationOf(GCSegmentKind kind) => kind switch
    {
        GCSegmentKind.Generation0 => HeapGeneration.Gen0,
        GCSegmentKind.Generation1 => HeapGeneration.Gen1,
        GCSegmentKind.Generation2 => HeapGeneration.Gen2,
        GCSegmentKind.Large => HeapGeneration.Large,
        GCSegmentKind.Pinned => HeapGeneration.Pinned,
        GCSegmentKind.Frozen => HeapGeneration.Frozen,
        _ => HeapGeneration.Unknown,
    };
}
