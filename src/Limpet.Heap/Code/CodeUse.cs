namespace Limpet.Heap.Code;

/// <summary>A statement that hands a value on.</summary>
/// <param name="Method">The method it stands in; its <see cref="MethodName.Source"/> is the line of the statement, where symbols tell it.</param>
/// <param name="TakerType">The type whose member takes the value, without generic arguments; for an array empty.</param>
/// <param name="Taker">The member: a method such as <c>Add</c>, <c>.ctor</c> or <c>add_Changed</c>; <see cref="Element"/> or <see cref="Assign"/>.</param>
public sealed record CodeUse(MethodName Method, string TakerType, string Taker)
{
    /// <summary>The taker of a statement that assigns an element of an array.</summary>
    public const string Element = "[]";

    /// <summary>The taker of a statement that assigns a field: the field's name stands behind it.</summary>
    public const string Assign = "=";
}
