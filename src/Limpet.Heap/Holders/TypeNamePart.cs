using System.Collections.Immutable;

namespace Limpet.Heap.Holders;

/// <summary>One type of a chain of nested types, with its own generic arguments. The first one's name carries the namespace.</summary>
internal sealed record TypeNamePart(string Name, ImmutableArray<TypeName> Arguments)
{
    /// <summary>Whether the compiler made the type: no source calls it that.</summary>
    public bool IsCompilerMade => Name.StartsWith('<');

    /// <summary>For <c>&lt;PlaceOrder&gt;d__7</c> what stands in the brackets and what behind; null for other names.</summary>
    public (string Origin, string Role)? Made => GeneratedName.Split(Name);
}
