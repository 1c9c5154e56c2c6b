using System.Collections.Immutable;
using System.Diagnostics;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Capture.EventPipe;

/// <summary>
/// The heap of a process by the events of its diagnostics port: its runtime collects, walks its heap and writes down what it sees. Neither the memory of the
/// process has to be readable nor a disk to hold it. The process stands still for the collection and the walk. The events hold objects with
/// type, size and references, and roots: see <see cref="BlindSpots"/>.
/// </summary>
public sealed class EventHeap : IDisposable
{
    private EventHeap(HeapGraph graph, TimeSpan stall, TimeSpan taken, ImmutableArray<string> warnings)
    {
        Graph = graph;
        Stall = stall;
        Taken = taken;
        Warnings = warnings;
    }

    /// <summary>The heap; it says of itself when it is not whole.</summary>
    public HeapGraph Graph { get; }

    /// <summary>How long the process stood still, by the clock of its own runtime.</summary>
    public TimeSpan Stall { get; }

    /// <summary>From the request to the whole graph.</summary>
    public TimeSpan Taken { get; }

    /// <summary>What this heap does not show, and another capture of the same process may.</summary>
    public ImmutableArray<string> Warnings { get; }

    /// <summary>What no such heap shows.</summary>
    public static ImmutableArray<string> BlindSpots { get; } =
    [
        "members: the events of a heap do not say which field or element refers to an object",
        "stacks: the events name neither the thread nor the method of a root there",
        "what objects contain: timers, pending operations, methods of delegates, fill of arrays, texts",
        "generations and the room between objects; what nothing reached was collected before",
    ];

    /// <summary>What a capture would cost.</summary>
    /// <exception cref="LimpetException">There is no such process.</exception>
    public static EventPrediction Predict(int pid)
    {
        const double BytesPerSecond = 150e6;
        TimeSpan start = TimeSpan.FromSeconds(0.1);
        try
        {
            using Process process = Process.GetProcessById(pid);
            long bytes = process.WorkingSet64;
            return new EventPrediction(start + TimeSpan.FromSeconds(bytes / BytesPerSecond), new ByteSize(bytes), EventBuffer.For(pid));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new LimpetException($"There is no process {pid}. List the .NET processes with: limpet ps", exception);
        }
    }

    /// <summary>Has the runtime walk its heap, and reads what it writes down.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="deadline">How long the runtime may take.</param>
    /// <param name="cancellation">Cancels; the process goes on.</param>
    /// <exception cref="LimpetException">The diagnostics port is switched off, is another user's, or does not answer in time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<EventHeap> CaptureAsync(int pid, TimeSpan deadline, CancellationToken cancellation) => CaptureAsync(pid, deadline, null, cancellation);

    /// <inheritdoc />
    public void Dispose() => Graph.Dispose();

    /// <summary>The same with a buffer of another size; for tests that lose events.</summary>
    internal static async Task<EventHeap> CaptureAsync(int pid, TimeSpan deadline, int? bufferMegabytes, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        using HeapEvents events = new();
        HeapSession session = await HeapSession.StartAsync(pid, events, bufferMegabytes, cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.WalkAsync(deadline, cancellation).ConfigureAwait(false);
        }

        using EventModules modules = EventModules.Open(ModuleFiles.Of(pid).Values, events.Types.Values);
        using EventGraph graph = new(events, modules, session.EventsLost, session.Buffer, cancellation);
        return new EventHeap(graph.Build(), session.Stall, Stopwatch.GetElapsedTime(start), WarningsOf(events));
    }

    /// <summary>What the events show of what went wrong without a loss.</summary>
    internal static ImmutableArray<string> WarningsOf(HeapEvents events) => events.MovedBeforeStatics
        ? [$"no static field is named: another collection came between the walk of the heap and its {events.Statics.Count:N0} static fields, and may have moved what they hold. Capture again for their names"]
        : [];
}
