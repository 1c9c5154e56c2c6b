using System.Collections.Immutable;
using System.Globalization;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Measuring;

/// <summary>Memory and threads of this process at one moment. All is of the whole process, whoever allocated it.</summary>
public sealed record MemorySnapshot
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>
    /// Bytes on the managed heap. In a settled snapshot those that are reachable, to the byte; else with the garbage that no collection has found yet, and
    /// with what each thread has reserved for its next objects (some KiB).
    /// </summary>
    public required ByteSize Current { get; init; }

    /// <summary>
    /// The most that the managed heap is known to have held: now, and before those collections that the runtime still remembers, the last one of
    /// each kind. In a profiler only those since its start.
    /// </summary>
    public required ByteSize Peak { get; init; }

    /// <summary>Bytes that were allocated since the process began.</summary>
    public required ByteSize Allocated { get; init; }

    /// <summary>Resident memory of the process, managed or not; null where the system does not tell.</summary>
    public ByteSize? Resident { get; init; }

    /// <summary>Resident memory that no other process shares; null where the system does not tell.</summary>
    public ByteSize? Private { get; init; }

    /// <summary>What the collector has of the system for the managed heap, used or not, as of the last collection.</summary>
    public required ByteSize Committed { get; init; }

    /// <summary>Sizes of generation 0, 1 and 2, the large and the pinned object heap, as of the last collection.</summary>
    public required ImmutableArray<ByteSize> Generations { get; init; }

    /// <summary>Collections of generation 0, 1 and 2 since the process began; one of generation 2 counts in all three.</summary>
    public required ImmutableArray<int> Collections { get; init; }

    /// <summary>How long collections have stopped the program since it began. Stops for other reasons are not in it.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>Descriptors, threads, timers and the like.</summary>
    public required ResourceCounts Counts { get; init; }

    /// <summary>Threads of the operating system; null where the system does not tell.</summary>
    public int? Threads => Counts.Threads;

    /// <summary>Whether everything was collected before.</summary>
    public bool Settled { get; init; }

    /// <summary>
    /// Whether finalizers finished before a settled snapshot was taken. If not, a finalizer is blocked or slow, and what waits for it was counted as alive.
    /// </summary>
    public bool FinalizersFinished { get; init; } = true;

    /// <summary>Reads as it is, and collects nothing. About 1 ms, most of it for private memory.</summary>
    public static MemorySnapshot Take() => Read(since: 0);

    /// <summary>Collects everything and lets finalizers run before it reads.</summary>
    /// <param name="finalizerDeadline">How long finalizers may take; 10 s unless given.</param>
    /// <exception cref="LimpetException">A no-GC region is in progress, which a collection would end.</exception>
    public static MemorySnapshot TakeSettled(TimeSpan? finalizerDeadline = null) => ReadSettled(finalizerDeadline, since: 0);

    /// <summary>Current and peak in megabytes of 1,048,576 bytes, and the threads.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"MemorySnapshot(current={Megabytes.Of(Current):F2}MB, peak={Megabytes.Of(Peak):F2}MB, threads={(Threads is int threads ? threads : "unknown")})");

    internal static MemorySnapshot ReadSettled(TimeSpan? finalizerDeadline, long since)
    {
        bool finished = SettledCollection.Settle(finalizerDeadline ?? SettledCollection.DefaultDeadline);
        long reachable = SettledCollection.ReachableBytes();
        MemorySnapshot read = Read(since);
        return read with
        {
            Current = new ByteSize(reachable),
            Peak = new ByteSize(Math.Max(reachable, PeakSince(since))),
            Settled = true,
            FinalizersFinished = finished,
        };
    }

    /// <param name="since">Index of a collection: those up to it are nothing for the peak.</param>
    internal static MemorySnapshot Read(long since)
    {
        // Before anything else is allocated here.
        long current = GC.GetTotalMemory(forceFullCollection: false);
        ResourceCounts counts = ResourceSnapshot.TakeCounts();
        ByteSize? own = ProcessReaders.Supported ? ProcessReaders.Reader.Read(Environment.ProcessId, ProcessParts.Memory).PrivateBytes : null;
        GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
        return new MemorySnapshot
        {
            Timestamp = DateTimeOffset.UtcNow,
            Current = new ByteSize(current),
            Peak = new ByteSize(Math.Max(current, PeakSince(since))),
            Allocated = new ByteSize(GC.GetTotalAllocatedBytes(precise: true)),
            Resident = counts.ResidentBytes is long resident ? new ByteSize(resident) : null,
            Private = own,
            Committed = new ByteSize(last.TotalCommittedBytes),
            Generations = [.. last.GenerationInfo.ToArray().Select(generation => new ByteSize(generation.SizeAfterBytes))],
            Collections = [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount)],
            Pause = GC.GetTotalPauseDuration(),
            Counts = counts,
        };
    }

    private static long PeakSince(long since)
    {
        long most = 0;
        foreach (GCKind kind in (GCKind[])[GCKind.Ephemeral, GCKind.FullBlocking, GCKind.Background])
        {
            GCMemoryInfo info = GC.GetGCMemoryInfo(kind);
            if (info.Index > since)
            {
                long before = 0;
                foreach (GCGenerationInfo generation in info.GenerationInfo)
                {
                    before += generation.SizeBeforeBytes;
                }

                most = Math.Max(most, before);
            }
        }

        return most;
    }
}
