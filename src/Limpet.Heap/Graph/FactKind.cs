namespace Limpet.Heap;

/// <summary>What a number that was read from an object beside its references means. Never contents: only what names a holder or counts an operation.</summary>
public enum FactKind
{
    /// <summary>Address of the code that a delegate calls; resolved in <see cref="HeapGraph.Methods"/>.</summary>
    DelegateCode,

    /// <summary>State flags of a task.</summary>
    TaskState,

    /// <summary>Number of active timers of a timer queue.</summary>
    ActiveTimers,

    /// <summary>State of an async state machine: which await it waits at.</summary>
    AwaitState,

    /// <summary>Managed id of a thread object.</summary>
    ThreadId,

    /// <summary>Period of a timer in milliseconds; 0 or 4,294,967,295 when it fires once.</summary>
    TimerPeriod,

    /// <summary>Milliseconds after which a timer fires, as it was last told; 4,294,967,295 for never.</summary>
    TimerDue,

    /// <summary>Number of elements of a collection of the base library, from <see cref="NodeFacts.FewestElements"/> on.</summary>
    Elements,

    /// <summary>How much something may hold, as it was told: elements of a collection, sizes of a cache. Only where it was told.</summary>
    Limit,

    /// <summary>How much of a limit that is kept elsewhere is taken.</summary>
    Taken,

    /// <summary>When an entry of a cache expires at the latest, in ticks of universal time. Only where it was told.</summary>
    ExpiresAt,

    /// <summary>Ticks after its last use with which an entry of a cache expires; 0 where it was told none.</summary>
    ExpiresUnused,

    /// <summary>Ticks that an entry of a cache was told to live from when it was made; 0 where it was told none, or a point in time.</summary>
    Lifetime,

    /// <summary>When an entry of a cache was last used, as the bits of a <see cref="DateTime"/>.</summary>
    LastUsed,

    /// <summary>Ticks from one look for expired entries to the next.</summary>
    ScanPeriod,
}
