namespace Limpet.Capture.Live;

/// <summary>
/// How objects of one method table are laid out: enough to find an object's size and references without asking the debugging
/// library again. Read once a type.
/// </summary>
internal struct ObjectLayout
{
    public ulong MethodTable;

    /// <summary>Size without elements.</summary>
    public uint BaseSize;

    /// <summary>Size of an element; 0 for types without.</summary>
    public uint ComponentSize;

    public LayoutFlags Flags;

    /// <summary>First entry of this type in <see cref="LayoutTable.Offsets"/>: offsets of references, or for arrays of structs pairs of (references, bytes to skip).</summary>
    public int FirstOffset;

    /// <summary>Number of those entries.</summary>
    public int OffsetCount;

    /// <summary>Where the elements begin, for arrays that hold references.</summary>
    public uint ElementsStart;
}

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

    /// <summary>Types from which a number is read beside the references.</summary>
    HasFacts = Delegate | AsyncBox | TimerQueue,
}
