using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Resources;

/// <summary>
/// What one process holds at one moment. A field that was not asked for or that the system refused is null, never 0;
/// <see cref="Refusals"/> says what was refused and why.
/// </summary>
public sealed record ProcessReading
{
    /// <summary>The process id.</summary>
    public required int Pid { get; init; }

    /// <summary>Start time in clock ticks since boot. The same id with another start time is another process; null when the process is gone.</summary>
    public long? StartTime { get; init; }

    /// <summary>Whether the process ended: there is no such process any more, or it waits for its parent to reap it.</summary>
    public bool Ended { get; init; }

    /// <summary>State as the kernel writes it: <c>R</c> running, <c>S</c> sleeping, <c>D</c> uninterruptible, <c>T</c> stopped, <c>t</c> traced, <c>Z</c> zombie.</summary>
    public char? State { get; init; }

    /// <summary>Resident set size.</summary>
    public ByteSize? Rss { get; init; }

    /// <summary>Resident bytes that no other process shares, clean and dirty.</summary>
    public ByteSize? PrivateBytes { get; init; }

    /// <summary>Resident bytes without a file behind them.</summary>
    public ByteSize? Anonymous { get; init; }

    /// <summary>Resident bytes, each page divided by the number of processes that share it: these add up over a tree.</summary>
    public ByteSize? Pss { get; init; }

    /// <summary>Bytes in swap.</summary>
    public ByteSize? Swap { get; init; }

    /// <summary>Mappings with memory, by address; null unless <see cref="ProcessParts.MemoryAreas"/> was asked for.</summary>
    public ImmutableArray<MemoryArea>? MemoryAreas { get; init; }

    /// <summary>Open descriptors.</summary>
    public int? DescriptorCount { get; init; }

    /// <summary>Open descriptors by kind; kinds without a descriptor are left out.</summary>
    public ImmutableSortedDictionary<DescriptorKind, int>? DescriptorsByKind { get; init; }

    /// <summary>Every descriptor with its target, by number; null unless <see cref="ProcessParts.DescriptorTargets"/> was asked for.</summary>
    public ImmutableArray<Descriptor>? Descriptors { get; init; }

    /// <summary>Threads of the operating system.</summary>
    public int? ThreadCount { get; init; }

    /// <summary>Threads of the operating system by name; a name is at most 15 bytes long and chosen by the target.</summary>
    public ImmutableSortedDictionary<string, int>? ThreadsByName { get; init; }

    /// <summary>What could not be read, and why.</summary>
    public ImmutableArray<ReadingRefusal> Refusals { get; init; } = [];
}
