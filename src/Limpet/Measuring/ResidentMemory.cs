using Limpet.Resources;
using Limpet.Resources.Linux;
using Limpet.Results;

namespace Limpet.Measuring;

/// <summary>
/// Resident memory, and how much of it is free but was not given back to the system: that looks like a leak from outside and is none. Measured by having
/// it given back, first by the collector and then by the native allocator.
/// </summary>
public sealed record ResidentMemory
{
    /// <summary>Resident before anything was done.</summary>
    public required ByteSize Before { get; init; }

    /// <summary>Resident after an aggressive collection, which frees garbage and gives the space back.</summary>
    public required ByteSize AfterCollection { get; init; }

    /// <summary>Resident after the native allocator gave back what it kept, too; null where it cannot be asked to.</summary>
    public ByteSize? AfterTrim { get; init; }

    /// <summary>Why <see cref="AfterTrim"/> is not known; null when it is.</summary>
    public string? TrimRefusal { get; init; }

    /// <summary>Whether finalizers finished. If not, what waits for them counts as held.</summary>
    public required bool FinalizersFinished { get; init; }

    /// <summary>What is left: in use, or free in pages that something in use lies in as well. Where the allocator cannot be asked, with what it keeps.</summary>
    public ByteSize Held => AfterTrim ?? AfterCollection;

    /// <summary>Garbage, and free space of the managed heap.</summary>
    public ByteSize GivenBackByCollector => new(Before.Bytes - AfterCollection.Bytes);

    /// <summary>What the native allocator kept for later use; null where it cannot be asked.</summary>
    public ByteSize? GivenBackByAllocator => AfterTrim is ByteSize trimmed ? new ByteSize(AfterCollection.Bytes - trimmed.Bytes) : null;

    /// <summary>
    /// Gives back what is free, and reads resident memory before and after each step. Other threads go on allocating meanwhile, so the parts may be
    /// negative. Costs 10 ms and more, and pages that have to be fetched again.
    /// </summary>
    /// <param name="finalizerDeadline">How long finalizers may take; 10 s unless given.</param>
    /// <exception cref="LimpetException">Resident memory cannot be read on this system, or a no-GC region is in progress.</exception>
    public static ResidentMemory Release(TimeSpan? finalizerDeadline = null)
    {
        ByteSize before = Resident();
        bool finished = SettledCollection.Settle(finalizerDeadline ?? SettledCollection.DefaultDeadline);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ByteSize collected = Resident();
        NativeAllocator.Trim();
        return new ResidentMemory
        {
            Before = before,
            AfterCollection = collected,
            AfterTrim = NativeAllocator.Refusal is null ? Resident() : null,
            TrimRefusal = NativeAllocator.Refusal,
            FinalizersFinished = finished,
        };
    }

    private static ByteSize Resident() =>
        (ProcessReaders.Supported ? ProcessReaders.Reader.Read(Environment.ProcessId, ProcessParts.Memory).Rss : null)
        ?? throw new LimpetException(Trouble.Refused, $"Resident memory cannot be read on {Environment.OSVersion.Platform}: only Linux is supported. Measure managed memory alone.");
}
