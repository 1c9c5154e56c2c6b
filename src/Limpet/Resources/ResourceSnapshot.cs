using System.Collections.Immutable;
using Limpet.Measuring;
using Limpet.Results;

namespace Limpet.Resources;

/// <summary>
/// Everything that this process can leak, in one reading. It is of the whole process: two readings tell what came between them, whoever it belongs to.
/// A part that the system refused is null, never empty, and <see cref="Refusals"/> says why.
/// </summary>
public sealed record ResourceSnapshot
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Whether everything was collected before.</summary>
    public bool Settled { get; init; }

    /// <summary>The bare numbers.</summary>
    public required ResourceCounts Counts { get; init; }

    /// <summary>Bytes by kind of memory: the managed heap and its generations, what the collector has of the system, private, resident and native bytes.</summary>
    public required ImmutableSortedDictionary<string, ByteSize> Memory { get; init; }

    /// <summary>Open descriptors with what they refer to.</summary>
    public ImmutableArray<Descriptor>? Descriptors { get; init; }

    /// <summary>What the kernel knows of the sockets among them, by the number in a descriptor's target.</summary>
    public IReadOnlyDictionary<long, SocketInfo> Sockets { get; init; } = ImmutableDictionary<long, SocketInfo>.Empty;

    /// <summary>Connections of this process by protocol and state, such as <c>TCP ESTABLISHED</c>.</summary>
    public ImmutableArray<NamedCount>? SocketsByState { get; init; }

    /// <summary>Threads of the operating system by name, without Limpet's own.</summary>
    public ImmutableSortedDictionary<string, int>? Threads { get; init; }

    /// <summary>Active timers by what they call.</summary>
    public ImmutableArray<NamedCount>? Timers { get; init; }

    /// <summary>Assembly load contexts by name and kind.</summary>
    public required ImmutableArray<NamedCount> LoadContexts { get; init; }

    /// <summary>Assemblies that were made in memory, by name.</summary>
    public required ImmutableArray<NamedCount> DynamicAssemblies { get; init; }

    /// <summary>Processes that this one started and that have not been reaped.</summary>
    public ImmutableArray<ProcessEntry>? Children { get; init; }

    /// <summary>Files that are mapped, each once.</summary>
    public ImmutableArray<string>? MappedFiles { get; init; }

    /// <summary>Objects that waited for their finalizer at the last collection.</summary>
    public long FinalizersPending => Counts.FinalizersPending;

    /// <summary>Objects that were pinned at the last collection.</summary>
    public required long PinnedObjects { get; init; }

    /// <summary>What only a capture of the heap shows; null without one.</summary>
    public HeapResources? Heap { get; init; }

    /// <summary>What was not read, and why.</summary>
    public ImmutableArray<ReadingRefusal> Refusals { get; init; } = [];

    /// <summary>Where the loaded assemblies came from: the runtime keeps these files open and mapped.</summary>
    internal ImmutableHashSet<string> LoadedFiles { get; init; } = [];

    /// <summary>The measurement in which this was taken, and when in the order of measurements.</summary>
    internal (RunningMeasurement? In, long At) Moment { get; init; }

    /// <summary>
    /// The cheap part alone: bare counts of this process (about 0.1 ms, no collection, nothing is kept open). From any thread; readings of several
    /// threads wait for each other, for they would see each other's descriptors.
    /// </summary>
    public static ResourceCounts TakeCounts() => ResourceCounts.Take();

    /// <summary>Reads everything as it is, and collects nothing (5 ms or so).</summary>
    public static ResourceSnapshot Take() => OwnResources.Read();

    /// <summary>Collects everything and lets finalizers run before it reads: what is there then is held by somebody.</summary>
    /// <param name="finalizerDeadline">How long finalizers may take; 10 s unless given. Where it passes, <see cref="Refusals"/> says so.</param>
    /// <exception cref="LimpetException">A no-GC region is in progress, which a collection would end.</exception>
    public static ResourceSnapshot TakeSettled(TimeSpan? finalizerDeadline = null)
    {
        TimeSpan deadline = finalizerDeadline ?? SettledCollection.DefaultDeadline;
        bool finished = SettledCollection.Settle(deadline);
        ResourceSnapshot snapshot = OwnResources.Read() with { Settled = true };
        return finished
            ? snapshot
            : snapshot with
            {
                Refusals = snapshot.Refusals.Add(new ReadingRefusal(
                    "what waits for finalizers",
                    $"finalizers did not finish within {deadline.TotalSeconds:0.###} s: one is blocked or slow, and what waits for it was counted as held")),
            };
    }

    /// <summary>
    /// As <see cref="TakeSettled"/>, and then the <c>limpet</c> tool, started as a child, captures the heap: instances, pending async operations, GC handles. A second
    /// or two; the process stands still for a part of it. Where there is no tool, or it is refused, <see cref="Refusals"/> says why and all else is there.
    /// </summary>
    /// <param name="finalizerDeadline">How long finalizers may take; 10 s unless given. Where it passes, <see cref="Refusals"/> says so.</param>
    /// <param name="tool">The tool: its <c>Limpet.Cli.dll</c> or an executable; null for the one that belongs to the library.</param>
    /// <exception cref="LimpetException">A no-GC region is in progress, which a collection would end.</exception>
    public static ResourceSnapshot TakeWithHeap(TimeSpan? finalizerDeadline = null, string? tool = null) => HeapResources.AddTo(TakeSettled(finalizerDeadline), tool);

    /// <summary>What is new since an earlier reading, and what is gone.</summary>
    /// <param name="before">The earlier reading.</param>
    public ResourceDifference Since(ResourceSnapshot before) => ResourceDifference.Between(before, this);
}
