using System.Reflection.Metadata;

namespace Limpet.Capture.Members;

/// <summary>What a field's type means for the places of references: one reference, none, or those of a struct.</summary>
internal abstract record FieldShape
{
    /// <summary>One reference.</summary>
    public sealed record Reference : FieldShape;

    /// <summary>No reference: a number, a pointer.</summary>
    public sealed record Plain : FieldShape;

    /// <summary>A struct known by its definition and the shapes of its type arguments.</summary>
    public sealed record Struct(ModuleMetadata Module, TypeDefinitionHandle Type, IReadOnlyList<FieldShape> Arguments) : FieldShape;

    /// <summary>A struct known by its method table.</summary>
    public sealed record LoadedStruct(ulong MethodTable) : FieldShape;

    /// <summary>A type that could not be found out.</summary>
    public sealed record Unknown : FieldShape;
}
