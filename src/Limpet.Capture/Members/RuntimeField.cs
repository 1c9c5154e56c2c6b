namespace Limpet.Capture.Members;

/// <summary>A field as the runtime describes it, in two words of 32 bits.</summary>
internal readonly record struct RuntimeField(ulong Words)
{
    private const uint RowMask = 0x00ffffff;
    private const uint OffsetMask = 0x07ffffff;
    private const int TypeShift = 27;

    private uint First => (uint)Words;

    private uint Second => (uint)(Words >> 32);

    /// <summary>Row in the table of fields of its module's metadata.</summary>
    public int Row => (int)(First & RowMask);

    public bool IsStatic => (First & (1u << 24)) != 0;

    public bool IsThreadStatic => (First & (1u << 25)) != 0;

    /// <summary>Whether it stands in the image of its module.</summary>
    public bool IsMapped => (First & (1u << 26)) != 0;

    /// <summary>Offset from the first field of the object, or from the beginning of the statics.</summary>
    public int Offset => (int)(Second & OffsetMask);

    /// <summary>Whether it holds a reference: <c>ELEMENT_TYPE_CLASS</c>, to which the runtime reduces all of them.</summary>
    public bool IsReference => (Second >> TypeShift) == 0x12;

    /// <summary>Whether it is a struct: <c>ELEMENT_TYPE_VALUETYPE</c>.</summary>
    public bool IsStruct => (Second >> TypeShift) == 0x11;
}
