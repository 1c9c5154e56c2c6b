using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Limpet.Capture.Members;

/// <summary>
/// Names the places of an object at which references lie: the field, and within a struct the field of that. What the runtime wrote
/// down about a type says where its own fields lie; where the fields of a struct lie that stands inside, follows from its definition:
/// the runtime lays out references first, in the order of declaration, then structs. Where the number of references does not agree
/// with that, only the outer field is named.
/// </summary>
internal sealed class MemberNames(MethodTableReader types, LoadedModules modules)
{
    private const int MaxDepth = 16;
    private const int MaxReferences = 1 << 12;

    /// <summary>The names of the places at <paramref name="offsets"/>, ascending, counted from the first field; null where a type's module has no metadata.</summary>
    public string[]? Name(ulong methodTable, ReadOnlySpan<int> offsets)
    {
        if (Places(methodTable) is not { } places)
        {
            return null;
        }

        var names = new string[offsets.Length];
        for (int index = 0; index < offsets.Length;)
        {
            int place = LastAtOrBefore(places, offsets[index]);
            int end = place + 1 < places.Count ? places[place + 1].Offset : int.MaxValue;
            int first = index;
            while (index < offsets.Length && (offsets[index] < end || place < 0))
            {
                index++;
            }

            Span<string> within = names.AsSpan(first, index - first);
            if (place < 0)
            {
                within.Fill("(field)");
                continue;
            }

            within.Fill(places[place].Name);
            if (!places[place].IsReference)
            {
                var inner = new List<string>();
                if (AddReferences(places[place].Shape(), "", inner, 0) && inner.Count == within.Length)
                {
                    for (int slot = 0; slot < within.Length; slot++)
                    {
                        within[slot] = $"{places[place].Name}{inner[slot]}";
                    }
                }
            }
        }

        return names;
    }

    /// <summary>Where a field lies that a type declares itself, counted from the first one; null when there is none of this name.</summary>
    public int? OffsetOf(ulong methodTable, string name)
    {
        MetadataReader? reader = modules.Find(types.Module(methodTable))?.Reader;
        return reader is null ? null
            : types.Fields(methodTable)
                .Where(field => !field.IsStatic && reader.StringComparer.Equals(Definition(reader, field).Name, name))
                .Select(field => (int?)field.Offset)
                .FirstOrDefault();
    }

    private static FieldDefinition Definition(MetadataReader reader, RuntimeField field) =>
        reader.GetFieldDefinition(MetadataTokens.FieldDefinitionHandle(field.Row));

    /// <summary>The fields of objects of a type that can hold references, inherited ones included, by offset.</summary>
    private List<Place>? Places(ulong methodTable)
    {
        var places = new List<Place>();
        ulong at = methodTable;
        for (int depth = 0; at != 0 && depth < 64; depth++, at = types.Parent(at))
        {
            List<RuntimeField> fields = types.Fields(at);
            if (fields.Count == 0)
            {
                continue;
            }

            if (modules.Find(types.Module(at)) is not { } module)
            {
                return null;
            }

            IReadOnlyList<FieldShape>? arguments = null;
            ulong declaring = at;
            foreach (RuntimeField field in fields.Where(field => !field.IsStatic && (field.IsReference || field.IsStruct)))
            {
                FieldDefinition definition = Definition(module.Reader, field);
                places.Add(new Place(
                    field.Offset,
                    module.Reader.GetString(definition.Name),
                    field.IsReference,
                    () => definition.DecodeSignature(new FieldShapes(modules, module), arguments ??= [.. types.Arguments(declaring).Select(ShapeOf)])));
            }
        }

        places.Sort((left, right) => left.Offset.CompareTo(right.Offset));
        return places;
    }

    private FieldShape ShapeOf(ulong argument) =>
        (argument & 2) != 0 ? new FieldShape.Unknown()
        : types.IsValueType(argument) ? new FieldShape.LoadedStruct(argument)
        : new FieldShape.Reference();

    /// <summary>Adds the names of all references within a shape in the order in which they lie; false when it cannot be known.</summary>
    private bool AddReferences(FieldShape shape, string prefix, List<string> names, int depth)
    {
        switch (shape)
        {
            case FieldShape.Plain:
                return true;
            case FieldShape.Reference:
                names.Add(prefix);
                return names.Count < MaxReferences;
            case FieldShape.LoadedStruct loaded when depth < MaxDepth:
                return Places(loaded.MethodTable) is { } places && places.All(place => place.IsReference
                    ? AddReferences(new FieldShape.Reference(), $"{prefix}.{place.Name}", names, depth + 1)
                    : AddReferences(place.Shape(), $"{prefix}.{place.Name}", names, depth + 1));
            case FieldShape.Struct definition when depth < MaxDepth:
                return AddDefined(definition, prefix, names, depth);
            default:
                return false;
        }
    }

    private bool AddDefined(FieldShape.Struct definition, string prefix, List<string> names, int depth)
    {
        MetadataReader reader = definition.Module.Reader;
        var provider = new FieldShapes(modules, definition.Module);
        var structs = new List<(string Name, FieldShape Shape)>();
        foreach (FieldDefinitionHandle handle in reader.GetTypeDefinition(definition.Type).GetFields())
        {
            FieldDefinition field = reader.GetFieldDefinition(handle);
            if ((field.Attributes & (FieldAttributes.Static | FieldAttributes.Literal)) != 0)
            {
                continue;
            }

            FieldShape shape = field.DecodeSignature(provider, definition.Arguments);
            string name = $"{prefix}.{reader.GetString(field.Name)}";
            if (shape is FieldShape.Reference)
            {
                names.Add(name);
            }
            else
            {
                structs.Add((name, shape));
            }
        }

        return structs.TrueForAll(inner => AddReferences(inner.Shape, inner.Name, names, depth + 1));
    }

    private static int LastAtOrBefore(List<Place> places, int offset) =>
        places.FindLastIndex(place => place.Offset <= offset);

    private sealed record Place(int Offset, string Name, bool IsReference, Func<FieldShape> Shape);
}
