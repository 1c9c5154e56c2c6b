namespace Limpet.Heap.Tests;

/// <summary>An object of a test heap.</summary>
internal sealed class HeapObject
{
    internal HeapObject(string type, TypeTraits traits, int index)
    {
        Type = type;
        Traits = traits;
        Index = index;
    }

    public string Type { get; }

    public TypeTraits Traits { get; }

    public int Index { get; }

    public NodeIndex Node => new(Index);

    public long Size { get; private set; } = 24;

    internal string? Text { get; set; }

    internal List<(string Field, HeapObject Target)> References { get; } = [];

    internal List<(FactKind Kind, ulong Value)> Facts { get; } = [];

    /// <summary>Adds a reference; <c>[x]</c> is an element, <c>(dependent)</c> a dependent handle.</summary>
    public HeapObject Set(string field, HeapObject target)
    {
        References.Add((field, target));
        return this;
    }

    public HeapObject Sized(long bytes)
    {
        Size = bytes;
        return this;
    }

    public HeapObject With(FactKind kind, ulong value)
    {
        Facts.Add((kind, value));
        return this;
    }
}
