using System.Collections.Immutable;
using Limpet.Capture;
using Limpet.Cli.Commands;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>
/// The ways to what a failing test is told once: the memory of its process, else a dump by its own runtime, which is read and deleted, else the events of that runtime.
/// The process waits for the answer meanwhile, on threads that its runtime can stop.
/// </summary>
/// <param name="pid">The process.</param>
/// <param name="reader">Reads its memory; attaches when it is first asked for.</param>
internal sealed class TracedWays(int pid, Func<TargetReader> reader)
{
    /// <summary>How long the runtime may stop its process. It waits for the answer anyway; a dump that takes longer is not worth its disk.</summary>
    private static readonly CaptureRequest Request = new(TimeSpan.FromSeconds(30), Way: null);

    /// <summary>Less than the test library waits: who is killed deletes no dump.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    /// <summary>Reads the heap.</summary>
    /// <param name="handles">Weak handles of the objects that are asked about.</param>
    /// <param name="cancellation">Cancels between the steps.</param>
    /// <param name="notByEvents">Why events cannot answer; null where they can.</param>
    /// <exception cref="LimpetException">Each way is refused, and why each is.</exception>
    public TracedSource Capture(IReadOnlyList<ulong> handles, CancellationToken cancellation, string? notByEvents = null) => First(
        [CaptureWay.Live, CaptureWay.Dump, CaptureWay.EventPipe],
        (way, limited) => way == CaptureWay.Live ? Live(handles, limited)
            : way == CaptureWay.EventPipe && notByEvents is not null ? throw new LimpetException(Trouble.Refused, notByEvents)
            : ByRuntime(way, Request with { References = handles }, limited),
        (source, refusals) => source with { Refusals = refusals },
        cancellation);

    /// <summary>Reads the heap once more, by the way that it was read before.</summary>
    /// <exception cref="LimpetException">It is refused this time.</exception>
    public TracedSource CaptureAgain(CaptureWay way, CancellationToken cancellation) => First(
        [way],
        (_, limited) => way == CaptureWay.Live ? Live([], limited) : ByRuntime(way, Request, limited),
        (source, _) => source,
        cancellation);

    /// <summary>Reads where all threads stand. The events of a runtime do not show it.</summary>
    /// <exception cref="LimpetException">Each way is refused, and why each is.</exception>
    public (ImmutableArray<ThreadStackGroup> Stacks, CaptureWay Way, ImmutableArray<string> Refusals) Stacks(CancellationToken cancellation) => First(
        [CaptureWay.Live, CaptureWay.Dump],
        (way, limited) => (Stacks(way, limited), way, ImmutableArray<string>.Empty),
        (stacks, refusals) => stacks with { Item3 = refusals },
        cancellation);

    private ImmutableArray<ThreadStackGroup> Stacks(CaptureWay way, CancellationToken cancellation)
    {
        if (way == CaptureWay.Live)
        {
            return reader().Live.CaptureStacks();
        }

        using ProcessHeap heap = Heap(way, Request with { WithStacks = true }, cancellation);
        return heap.Stacks;
    }

    private TracedSource Live(IReadOnlyList<ulong> handles, CancellationToken cancellation)
    {
        (LiveCapture capture, ImmutableArray<NodeIndex> objects) = reader().Live.Capture(handles, cancellation);
        return new TracedSource(capture.Graph, reader().Code, CaptureWay.Live, capture.Graph) { Objects = objects, Stall = capture.Timings.Stall };
    }

    private TracedSource ByRuntime(CaptureWay way, CaptureRequest request, CancellationToken cancellation)
    {
        ProcessHeap heap = Heap(way, request, cancellation);
        return new TracedSource(heap.Graph, heap.Code, way, heap) { Objects = heap.Objects, Stall = heap.Timings.Stall };
    }

    private ProcessHeap Heap(CaptureWay way, CaptureRequest request, CancellationToken cancellation) =>
        ProcessHeap.CaptureByRuntime(way, pid, request, _ => { }, isInstead: true, Silent(), cancellation);

    private T First<T>(ImmutableArray<CaptureWay> ways, Func<CaptureWay, CancellationToken, T> capture, Func<T, ImmutableArray<string>, T> with, CancellationToken cancellation)
    {
        ImmutableArray<CaptureWay> here = CapturePlan.For(CaptureSystem.Current).Ways;
        List<string> refusals = [];
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Deadline);
        try
        {
            return with(WayAttempts.First([.. ways.Where(here.Contains)], (way, _) => capture(way, limit.Token), Silent(), refusals), [.. refusals]);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new LimpetException(Trouble.NotRun, string.Join(' ', [.. refusals, $"Process {pid} was not read within {Deadline.TotalSeconds:0} s. Run the test alone, or with fewer objects."]));
        }
    }

    /// <summary>Nobody reads along: what is said goes into the answer.</summary>
    private static CommandOutput Silent() => new(TextWriter.Null, TextWriter.Null) { Quiet = true };
}
