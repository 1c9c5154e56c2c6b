using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Limpet.Capture.Members;

/// <summary>Reads signatures of fields of one module as <see cref="FieldShape"/>; the context is the shapes of the declaring type's arguments.</summary>
internal sealed class FieldShapes(LoadedModules modules, ModuleMetadata module) : ISignatureTypeProvider<FieldShape, IReadOnlyList<FieldShape>>
{
    private const byte ValueTypeKind = 0x11;
    private static readonly FieldShape Reference = new FieldShape.Reference();
    private static readonly FieldShape Plain = new FieldShape.Plain();
    private static readonly FieldShape Unknown = new FieldShape.Unknown();

    public FieldShape GetPrimitiveType(PrimitiveTypeCode typeCode) =>
        typeCode is PrimitiveTypeCode.String or PrimitiveTypeCode.Object ? Reference : typeCode == PrimitiveTypeCode.TypedReference ? Unknown : Plain;

    public FieldShape GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        rawTypeKind == ValueTypeKind ? new FieldShape.Struct(module, handle, []) : Reference;

    public FieldShape GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        rawTypeKind != ValueTypeKind ? Reference
        : modules.Resolve(module, handle) is { } found ? new FieldShape.Struct(found.Module, found.Type, [])
        : Unknown;

    public FieldShape GetTypeFromSpecification(MetadataReader reader, IReadOnlyList<FieldShape> genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public FieldShape GetGenericInstantiation(FieldShape genericType, ImmutableArray<FieldShape> typeArguments) =>
        genericType is FieldShape.Struct definition ? definition with { Arguments = typeArguments } : genericType;

    public FieldShape GetGenericTypeParameter(IReadOnlyList<FieldShape> genericContext, int index) =>
        index < genericContext.Count ? genericContext[index] : Unknown;

    public FieldShape GetGenericMethodParameter(IReadOnlyList<FieldShape> genericContext, int index) => Unknown;

    public FieldShape GetArrayType(FieldShape elementType, ArrayShape shape) => Reference;

    public FieldShape GetSZArrayType(FieldShape elementType) => Reference;

    public FieldShape GetByReferenceType(FieldShape elementType) => Plain;

    public FieldShape GetPointerType(FieldShape elementType) => Plain;

    public FieldShape GetFunctionPointerType(MethodSignature<FieldShape> signature) => Plain;

    public FieldShape GetModifiedType(FieldShape modifier, FieldShape unmodifiedType, bool isRequired) => unmodifiedType;

    public FieldShape GetPinnedType(FieldShape elementType) => elementType;
}
