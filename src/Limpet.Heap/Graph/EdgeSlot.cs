namespace Limpet.Heap;

/// <summary>
/// Through which member one object holds another, in one byte beside each edge. Values up to <see cref="LastField"/> are the
/// ordinal of the reference within its object (for arrays of structs: within its element); the others have a meaning of their own.
/// </summary>
public static class EdgeSlot
{
    /// <summary>The last ordinal that fits.</summary>
    public const byte LastField = 249;

    /// <summary>A field whose ordinal is larger than <see cref="LastField"/>; its name is not kept.</summary>
    public const byte BeyondLastField = 250;

    /// <summary>An element of an array of references.</summary>
    public const byte ArrayElement = 251;

    /// <summary>An object of a collectible type holds its loader allocator.</summary>
    public const byte LoaderAllocator = 252;

    /// <summary>A dependent handle: the key holds the value.</summary>
    public const byte DependentHandle = 253;
}
