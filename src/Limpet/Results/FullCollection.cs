namespace Limpet.Results;

/// <summary>A collection of the base library and how many elements it has.</summary>
/// <param name="Type">Type name in C# spelling.</param>
/// <param name="Address">Where it lies.</param>
/// <param name="Elements">The number of its elements.</param>
/// <param name="Bytes">Its own size and that of the arrays and parts that it keeps them in.</param>
/// <param name="Retained">What would go if it went: what only its elements hold is in it.</param>
/// <param name="Container">The nearest member of the source that holds it.</param>
public sealed record FullCollection(string Type, ulong Address, long Elements, ByteSize Bytes, ByteSize Retained, string Container);
