namespace Limpet.Capture.Live;

/// <summary>What the decoder does with objects of a type.</summary>
[Flags]
internal enum LayoutFlags
{
    None = 0,

    /// <summary>Objects hold references.</summary>
    References = 1,

    /// <summary>An array of references.</summary>
    ReferenceArray = 2,

    /// <summary>An array of structs that hold references.</summary>
    StructArray = 4,

    /// <summary>Free space between objects.</summary>
    Free = 8,

    /// <summary>Objects hold their loader allocator.</summary>
    Collectible = 16,

    /// <summary>A delegate: its code pointers are read.</summary>
    Delegate = 32,

    /// <summary>An async state machine box: its task state is read.</summary>
    AsyncBox = 64,

    /// <summary>The runtime's timer queue: its active count is read.</summary>
    TimerQueue = 128,

    /// <summary>A timer: its period and due time are read.</summary>
    Timer = 256,

    /// <summary>A string: its text is hashed where that is asked for.</summary>
    String = 512,

    /// <summary>A collection: the number of its elements is read.</summary>
    Collection = 1024,

    /// <summary>What it or its owner may hold, or holds of that: that number is read.</summary>
    Limit = 2048,

    /// <summary>Types from which a number is read beside the references.</summary>
    HasFacts = Delegate | AsyncBox | TimerQueue | Timer | Collection | Limit,
}
