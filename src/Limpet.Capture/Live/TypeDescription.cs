using System.Collections.Immutable;
using Limpet.Capture.Members;
using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>What the debugging library knows of a type, as a graph has it.</summary>
internal static class TypeDescription
{
    private const int MostBases = 64;

    /// <summary>Describes a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">Its name.</param>
    /// <param name="hasReferences">Whether its objects refer to others, by members or because they can be unloaded.</param>
    /// <param name="slots">The names of those members.</param>
    /// <param name="packages">What comes from packages.</param>
    public static HeapType Of(ClrType type, string name, bool hasReferences, ImmutableArray<string> slots, ProgramPackages packages)
    {
        string? module = type.Module?.Name is { Length: > 0 } path ? Path.GetFileName(path) : null;
        TypeTraits traits =
            (module is not null && packages.Has(module) ? TypeTraits.Package : 0)
            | (type.IsArray ? TypeTraits.Array : 0)
            | (type.IsString ? TypeTraits.String : 0)
            | (type.IsCollectible ? TypeTraits.Collectible : 0)
            | (type.IsFinalizable ? TypeTraits.Finalizable : 0)
            | (type.IsValueType ? TypeTraits.Boxed : 0)
            | (type.BaseType?.Name == "System.MulticastDelegate" ? TypeTraits.Delegate : 0)
            | (hasReferences ? 0 : TypeTraits.NoReferences);
        var bases = ImmutableArray.CreateBuilder<string>();
        for (ClrType? parent = type.BaseType; parent?.Name is { } parentName && bases.Count < MostBases; parent = parent.BaseType)
        {
            bases.Add(parentName);
        }

        return new HeapType(name, module, traits, slots, bases.ToImmutable());
    }

    /// <summary>The field that a reference lies in: the last one that begins at or before it, and within a struct the field of that.</summary>
    /// <param name="type">The type of the object, or of an element of an array of structs.</param>
    /// <param name="offset">Where the reference lies, counted from the first field.</param>
    public static string? FieldAt(ClrType? type, int offset) => FieldAt(type, offset, 0);

    private static string? FieldAt(ClrType? type, int offset, int depth)
    {
        const int MaxNesting = 16;
        ClrInstanceField? field = depth > MaxNesting ? null
            : type?.Fields.Where(candidate => candidate.Offset <= offset && (candidate.IsObjectReference || candidate.ElementType == ClrElementType.Struct))
                .MaxBy(candidate => candidate.Offset);
        return field is null or { IsObjectReference: true } ? field?.Name
            : FieldAt(field.Type, offset - field.Offset, depth + 1) is { } inner ? $"{field.Name}.{inner}"
            : field.Name;
    }
}
