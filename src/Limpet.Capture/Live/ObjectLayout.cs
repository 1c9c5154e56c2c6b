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

    /// <summary>Where the elements begin, for arrays that hold references; for collections the index of their place in <see cref="LayoutTable.Counts"/>.</summary>
    public uint ElementsStart;
}
