namespace Limpet.Results;

/// <summary>What the objects of a type take.</summary>
/// <param name="Type">Type name in C# spelling.</param>
/// <param name="Count">Number of objects.</param>
/// <param name="Bytes">Their own sizes, added up.</param>
/// <param name="Retained">
/// Bytes that one of them alone keeps, each byte once: the sum over those that no other of the same type dominates. What only several of them
/// hold together is not in it.
/// </param>
public sealed record TypeUse(string Type, long Count, ByteSize Bytes, ByteSize Retained)
{
    /// <summary>The whole name as the runtime spells it, where <see cref="Type"/> is shortened; else null.</summary>
    public string? FullType { get; init; }
}
