using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Limpet.Heap.Holders;

/// <summary>A type and its base classes by generic definition, taken apart once a type: a user's subclass of a collection is that collection.</summary>
internal sealed class TypeFamily
{
    private static readonly ConditionalWeakTable<HeapType, TypeFamily> Known = [];

    private TypeFamily(HeapType type)
    {
        ImmutableArray<TypeName?> names = [.. type.BaseTypes.Prepend(type.Name).Select(TypeNameParser.Parse)];
        Own = names[0];
        Definitions = [.. names.Zip(type.BaseTypes.Prepend(type.Name), (name, raw) => name?.Definition ?? raw)];
        this.names = names;
    }

    private readonly ImmutableArray<TypeName?> names;

    /// <summary>The type's own name; null when it is none that could be taken apart.</summary>
    public TypeName? Own { get; }

    /// <summary>Generic definitions, nearest first: the type's own, then its bases'.</summary>
    public ImmutableArray<string> Definitions { get; }

    public static TypeFamily Of(HeapType type) => Known.GetValue(type, static type => new TypeFamily(type));

    /// <summary>A generic argument of one member of the family, in the words of the source; null where the runtime shares code and does not tell.</summary>
    public string? Argument(int member, int index)
    {
        ImmutableArray<TypeName> arguments = names[member] is { } name ? [.. name.Parts.SelectMany(part => part.Arguments)] : [];
        return index < arguments.Length && arguments[index].Definition != "System.__Canon" ? SourceNames.Of(arguments[index]) : null;
    }
}
