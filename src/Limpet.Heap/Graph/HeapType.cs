using System.Collections.Immutable;

namespace Limpet.Heap;

/// <summary>A type of the heap.</summary>
public sealed class HeapType
{
    /// <summary>Creates a type.</summary>
    /// <param name="name">Name in C# spelling, such as <c>System.Collections.Generic.List&lt;int&gt;</c>.</param>
    /// <param name="module">File name of its module; null when unknown.</param>
    /// <param name="traits">What else is known.</param>
    /// <param name="slotNames">Names of the fields that hold references, in the order of <see cref="EdgeSlot"/>; nested struct fields as <c>outer.inner</c>.</param>
    /// <param name="baseTypes">Names of its base classes, nearest first.</param>
    public HeapType(string name, string? module = null, TypeTraits traits = TypeTraits.None, ImmutableArray<string> slotNames = default, ImmutableArray<string> baseTypes = default)
    {
        Name = name;
        Module = module;
        Traits = traits;
        BaseTypes = baseTypes.IsDefault ? [] : baseTypes;
        SlotNames = slotNames.IsDefault ? [] : slotNames;
    }

    /// <summary>Name in C# spelling.</summary>
    public string Name { get; }

    /// <summary>File name of its module; null when unknown.</summary>
    public string? Module { get; }

    /// <summary>What else is known.</summary>
    public TypeTraits Traits { get; }

    /// <summary>Names of its base classes, nearest first; empty when unknown.</summary>
    public ImmutableArray<string> BaseTypes { get; }

    /// <summary>Names of the fields that hold references, by slot; for an array of structs, those of its elements.</summary>
    public ImmutableArray<string> SlotNames { get; }

    /// <summary>Whether the type is an array.</summary>
    public bool IsArray => (Traits & TypeTraits.Array) != 0;

    /// <summary>Whether the type is a delegate.</summary>
    public bool IsDelegate => (Traits & TypeTraits.Delegate) != 0;

    /// <summary>Whether the type is <see cref="string"/>.</summary>
    public bool IsString => (Traits & TypeTraits.String) != 0;

    /// <inheritdoc />
    public override string ToString() => Name;
}
