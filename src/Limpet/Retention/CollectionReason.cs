namespace Limpet.Retention;

/// <summary>Why the runtime collected, by the number that it writes into its events.</summary>
public enum CollectionReason
{
    /// <summary>The budget for small objects was used up.</summary>
    AllocationOfSmallObjects = 0,

    /// <summary>Code asked for it.</summary>
    Induced = 1,

    /// <summary>The machine or container was low on memory.</summary>
    LowMemory = 2,

    /// <summary>The runtime gave no reason.</summary>
    Empty = 3,

    /// <summary>The budget for large objects was used up.</summary>
    AllocationOfLargeObjects = 4,

    /// <summary>There was no more space for small objects.</summary>
    NoSpaceForSmallObjects = 5,

    /// <summary>There was no more space for large objects.</summary>
    NoSpaceForLargeObjects = 6,

    /// <summary>Code asked for it, and left the runtime the choice.</summary>
    InducedNotForced = 7,

    /// <summary>A test of the runtime itself.</summary>
    Stress = 8,

    /// <summary>The machine or container was low on memory, and the program was stopped for it.</summary>
    LowMemoryBlocking = 9,

    /// <summary>Code asked for it with compaction.</summary>
    InducedCompacting = 10,

    /// <summary>The host of the runtime was low on memory.</summary>
    HostLowMemory = 11,

    /// <summary>The runtime held back a full collection, and made up for it.</summary>
    FullCollectionDue = 12,

    /// <summary>The host of the runtime was low on memory, and the program was stopped for it.</summary>
    HostLowMemoryBlocking = 13,

    /// <summary>The runtime keeps generation 2 at its goal.</summary>
    BackgroundTuningOfSmallObjects = 14,

    /// <summary>The runtime keeps the large objects at their goal.</summary>
    BackgroundTuningOfLargeObjects = 15,

    /// <summary>A step of the runtime towards such a goal.</summary>
    BackgroundStep = 16,

    /// <summary>Code asked for everything to be given back.</summary>
    InducedAggressive = 17,
}
