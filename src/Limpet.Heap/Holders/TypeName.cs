using System.Collections.Immutable;

namespace Limpet.Heap.Holders;

/// <summary>A type name taken apart.</summary>
/// <param name="Parts">Outermost type first.</param>
/// <param name="Suffix">Array ranks and the like, such as <c>[]</c>.</param>
internal sealed record TypeName(ImmutableArray<TypeNamePart> Parts, string Suffix)
{
    /// <summary>The name without arguments and ranks, nested types behind a dot: what types of one generic definition share.</summary>
    public string Definition => string.Join('.', Parts.Select(part => part.Name));

    /// <summary>The innermost type that stands in the source, without its namespace.</summary>
    public string Owner
    {
        get
        {
            string name = Parts.LastOrDefault(part => !part.IsCompilerMade)?.Name ?? "";
            return name[(name.LastIndexOf('.') + 1)..];
        }
    }
}
