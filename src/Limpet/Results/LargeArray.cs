namespace Limpet.Results;

/// <summary>An array large enough for the large object heap.</summary>
/// <param name="Type">Type name in C# spelling.</param>
/// <param name="Address">Where it lies.</param>
/// <param name="Bytes">Its own size.</param>
/// <param name="Container">The nearest member of the source that holds it.</param>
public sealed record LargeArray(string Type, ulong Address, ByteSize Bytes, string Container)
{
    /// <summary>Number of elements of an array of references, or of one that a dictionary or set keeps its entries in; null for others, whose elements have sizes of their own.</summary>
    public long? Length { get; init; }

    /// <summary>Number of them that hold something; null where <see cref="Length"/> is.</summary>
    public long? Filled { get; init; }
}
