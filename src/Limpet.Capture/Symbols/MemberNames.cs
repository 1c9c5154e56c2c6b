using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Limpet.Capture.Symbols;

/// <summary>
/// Names of types and members by their handles. A key is what all spellings of a type share: namespace and nested names behind dots,
/// without the number of arguments; <see cref="Heap.Holders.FrameworkTypes.DefinitionOf"/> gives the same for the runtime's spelling.
/// </summary>
internal sealed class MemberNames(MetadataReader metadata)
{
    private const int DeepestNesting = 32;
    private readonly Dictionary<EntityHandle, string> keys = [];

    /// <summary>The key of a type definition, reference or instantiation; empty for arrays and the like.</summary>
    public string KeyOf(EntityHandle type)
    {
        if (!keys.TryGetValue(type, out string? key))
        {
            key = NameOf(type, '.', withArity: false, 0);
            keys.Add(type, key);
        }

        return key;
    }

    /// <summary>A type as the runtime spells it, nested types behind a plus sign.</summary>
    public string SpellingOf(TypeDefinitionHandle type) => NameOf(type, '+', withArity: true, 0);

    /// <summary>The declaring type's key and the name of a field or method, whatever handle names it.</summary>
    public (string Type, string Name) MemberOf(EntityHandle member)
    {
        switch (member.Kind)
        {
            case HandleKind.MethodDefinition:
                MethodDefinition method = metadata.GetMethodDefinition((MethodDefinitionHandle)member);
                return (KeyOf(method.GetDeclaringType()), metadata.GetString(method.Name));
            case HandleKind.FieldDefinition:
                FieldDefinition field = metadata.GetFieldDefinition((FieldDefinitionHandle)member);
                return (KeyOf(field.GetDeclaringType()), metadata.GetString(field.Name));
            case HandleKind.MemberReference:
                MemberReference reference = metadata.GetMemberReference((MemberReferenceHandle)member);
                return (KeyOf(reference.Parent), metadata.GetString(reference.Name));
            case HandleKind.MethodSpecification:
                EntityHandle generic = metadata.GetMethodSpecification((MethodSpecificationHandle)member).Method;
                return generic.Kind == HandleKind.MethodSpecification ? ("", "") : MemberOf(generic);
            default:
                return ("", "");
        }
    }

    /// <summary>How many values a call takes from the stack, <c>this</c> included where it is passed, and whether it returns one.</summary>
    public (int Arguments, bool HasThis, bool Returns) ShapeOf(EntityHandle method)
    {
        BlobHandle blob = method.Kind switch
        {
            HandleKind.MethodDefinition => metadata.GetMethodDefinition((MethodDefinitionHandle)method).Signature,
            HandleKind.MemberReference => metadata.GetMemberReference((MemberReferenceHandle)method).Signature,
            HandleKind.StandaloneSignature => metadata.GetStandaloneSignature((StandaloneSignatureHandle)method).Signature,
            HandleKind.MethodSpecification when metadata.GetMethodSpecification((MethodSpecificationHandle)method).Method is { Kind: not HandleKind.MethodSpecification } generic =>
                generic.Kind == HandleKind.MethodDefinition
                    ? metadata.GetMethodDefinition((MethodDefinitionHandle)generic).Signature
                    : metadata.GetMemberReference((MemberReferenceHandle)generic).Signature,
            _ => throw new BadImageFormatException("a call names no method"),
        };
        BlobReader reader = metadata.GetBlobReader(blob);
        SignatureHeader header = reader.ReadSignatureHeader();
        if (header.IsGeneric)
        {
            reader.ReadCompressedInteger();
        }

        int parameters = reader.ReadCompressedInteger();
        SignatureTypeCode result = reader.ReadSignatureTypeCode();
        while (result is SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier)
        {
            reader.ReadTypeHandle();
            result = reader.ReadSignatureTypeCode();
        }

        bool hasThis = header.IsInstance && !header.HasExplicitThis;
        return (parameters + (hasThis ? 1 : 0), hasThis, result != SignatureTypeCode.Void);
    }

    private string NameOf(EntityHandle type, char nesting, bool withArity, int depth)
    {
        if (depth > DeepestNesting)
        {
            return "";
        }

        string Join(EntityHandle outer, StringHandle space, StringHandle name)
        {
            string own = withArity ? metadata.GetString(name) : WithoutArity(metadata.GetString(name));
            if (!outer.IsNil)
            {
                return NameOf(outer, nesting, withArity, depth + 1) + nesting + own;
            }

            return space.IsNil ? own : metadata.GetString(space) + "." + own;
        }

        switch (type.Kind)
        {
            case HandleKind.TypeDefinition:
                TypeDefinition definition = metadata.GetTypeDefinition((TypeDefinitionHandle)type);
                return Join(definition.GetDeclaringType(), definition.Namespace, definition.Name);
            case HandleKind.TypeReference:
                TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)type);
                return Join(reference.ResolutionScope.Kind == HandleKind.TypeReference ? reference.ResolutionScope : default, reference.Namespace, reference.Name);
            case HandleKind.TypeSpecification:
                BlobReader reader = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
                if (reader.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                {
                    return "";
                }

                reader.ReadCompressedInteger(); // class or value type
                return NameOf(reader.ReadTypeHandle(), nesting, withArity, depth + 1);
            default:
                return "";
        }
    }

    private static string WithoutArity(string name)
    {
        int mark = name.LastIndexOf('`');
        return mark > 0 && mark < name.Length - 1 && name.AsSpan(mark + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? name[..mark] : name;
    }
}
