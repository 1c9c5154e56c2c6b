using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>What fills a heap. Only what roots reach, unless garbage is named. Lists are as long as was asked for, with the number of what was left out beside them.</summary>
public sealed record HeapContents
{
    /// <summary>Number of reachable objects.</summary>
    public required long Objects { get; init; }

    /// <summary>Their own sizes, added up.</summary>
    public required ByteSize Bytes { get; init; }

    /// <summary>References from them.</summary>
    public required long References { get; init; }

    /// <summary>The generations and heaps.</summary>
    public ImmutableArray<HeapArea> Generations { get; init; } = [];

    /// <summary>Types, in the order that was asked for.</summary>
    public ImmutableArray<TypeUse> Types { get; init; } = [];

    /// <summary>Number of further types.</summary>
    public int OmittedTypes { get; init; }

    /// <summary>Places that hold much, those that retain most first.</summary>
    public ImmutableArray<HeapSuspect> Suspects { get; init; } = [];

    /// <summary>Number of further suspects.</summary>
    public int OmittedSuspects { get; init; }

    /// <summary>Roots by kind.</summary>
    public ImmutableArray<NamedTally> Roots { get; init; } = [];

    /// <summary>What the stacks of threads hold, those that hold most first.</summary>
    public ImmutableArray<HeapThread> Threads { get; init; } = [];

    /// <summary>Number of further threads.</summary>
    public int OmittedThreads { get; init; }

    /// <summary>Groups of objects that all reach each other, merged by shape, the largest first.</summary>
    public ImmutableArray<CycleGroup> Components { get; init; } = [];

    /// <summary>Number of further shapes of such groups.</summary>
    public int OmittedComponents { get; init; }

    /// <summary>Async methods that have begun and not ended, by what they await.</summary>
    public ImmutableArray<PendingOperationGroup> PendingOperations { get; init; } = [];

    /// <summary>Timers by what they call and when.</summary>
    public ImmutableArray<TimerGroup> Timers { get; init; } = [];

    /// <summary>Number of timers that are due to fire.</summary>
    public long ActiveTimers { get; init; }

    /// <summary>Objects that wait for their finalizer to run, by type.</summary>
    public ImmutableArray<TypeUse> FinalizerQueue { get; init; } = [];

    /// <summary>The largest arrays.</summary>
    public ImmutableArray<LargeArray> LargeArrays { get; init; } = [];

    /// <summary>The collections with the most elements, the fullest first; none where the source does not tell.</summary>
    public ImmutableArray<FullCollection> Collections { get; init; } = [];

    /// <summary>Number of further collections whose elements were counted.</summary>
    public int OmittedCollections { get; init; }

    /// <summary>The strings in numbers; null where the source holds neither texts nor hashes of them.</summary>
    public StringUse? Strings { get; init; }

    /// <summary>Groups of equal strings, those first of which one copy would save most.</summary>
    public ImmutableArray<DuplicateString> DuplicateStrings { get; init; } = [];

    /// <summary>Number of further groups.</summary>
    public long OmittedDuplicateStrings { get; init; }
}
