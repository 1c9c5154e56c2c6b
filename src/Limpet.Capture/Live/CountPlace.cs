using Limpet.Heap;

namespace Limpet.Capture.Live;

/// <summary>Where a collection keeps the number of its elements: offsets of 32-bit fields from the beginning of the object, 0 for none.</summary>
/// <param name="Used">Places that are or were in use.</param>
/// <param name="Free">Of those the ones that are free again.</param>
/// <param name="Mask">Number of places, less one. A part of a queue that nobody adds to any more says so by twice that number, added to the places in use.</param>
internal readonly record struct CountPlace(int Used, int Free, int Mask)
{
    /// <summary>With fewer elements it is not told. What is a part of a collection only is told with any: the parts are added up.</summary>
    public int Fewest { get; init; } = NodeFacts.FewestElements;

    /// <summary>Elements in the pieces before this one, where a whole has several and the last stands for it; 0 for none.</summary>
    public int Before { get; init; }

    /// <summary>The number of elements of an object of <paramref name="size"/> bytes; 0 where its fields would lie outside, as in a heap that was altered.</summary>
    public unsafe int Read(byte* at, ulong size)
    {
        int elements = Field(at, size, Used) - Field(at, size, Free) + Field(at, size, Before);
        return Mask != 0 && Field(at, size, Mask) + 1 is var places && elements > places ? elements - (2 * places) : elements;
    }

    private static unsafe int Field(byte* at, ulong size, int offset) => offset > 0 && (ulong)offset + sizeof(int) <= size ? *(int*)(at + offset) : 0;
}
