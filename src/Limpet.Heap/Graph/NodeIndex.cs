namespace Limpet.Heap;

/// <summary>Index of an object in a <see cref="HeapGraph"/>, from 0. Valid for that graph only: objects move between captures.</summary>
/// <param name="Value">The index.</param>
public readonly record struct NodeIndex(int Value)
{
    /// <summary>No object.</summary>
    public static NodeIndex None => new(-1);

    /// <summary>Whether this is no object.</summary>
    public bool IsNone => Value < 0;
}
