namespace Limpet.Capture.GcDumps;

/// <summary>The marks between the parts of a FastSerialization stream, version 1. The numbers are part of the format.</summary>
internal enum FastTag : byte
{
    /// <summary>No object.</summary>
    Null = 1,

    /// <summary>An object that stands earlier in the stream: followed by where.</summary>
    Reference = 2,

    /// <summary>An object: its type, its data, <see cref="EndObject"/>.</summary>
    BeginObject = 4,

    /// <summary>An object that nothing refers to.</summary>
    BeginPrivateObject = 5,

    /// <summary>The end of an object.</summary>
    EndObject = 6,

    /// <summary>A byte that older readers skip.</summary>
    Byte = 8,

    /// <summary>A region that older readers skip.</summary>
    SkipRegion = 12,

    /// <summary>A text that older readers skip.</summary>
    Text = 13,
}
