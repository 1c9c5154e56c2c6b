namespace Limpet.Heap;

/// <summary>How one object holds another.</summary>
/// <param name="Kind"><c>Field</c>, <c>ArrayElement</c>, <c>DependentHandle</c> or <c>LoaderAllocator</c>.</param>
/// <param name="Member">The member's name; array indexes are normalised to <c>[x]</c>.</param>
public readonly record struct EdgeLabel(string Kind, string Member)
{
    /// <summary>The label of an edge that leaves an object of <paramref name="type"/> through <paramref name="slot"/>.</summary>
    public static EdgeLabel Of(HeapType type, byte slot) => slot switch
    {
        EdgeSlot.ArrayElement => new("ArrayElement", "[x]"),
        EdgeSlot.DependentHandle => new("DependentHandle", "(dependent handle)"),
        EdgeSlot.LoaderAllocator => new("LoaderAllocator", "(loader allocator)"),
        EdgeSlot.BeyondLastField => new("Field", "(field)"),
        _ => new(
            type.IsArray ? "ArrayElement" : "Field",
            (type.IsArray ? "[x]." : "") + (slot < type.SlotNames.Length ? type.SlotNames[slot] : "(field)")),
    };
}
