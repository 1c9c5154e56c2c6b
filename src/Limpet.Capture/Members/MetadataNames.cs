using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Members;

/// <summary>
/// Names types from the metadata of their modules, as the debugging library spells them: those that can be unloaded, since the library's own way to a name takes the
/// longer the more modules there are, and these are named while the target stands still; and those that it gives no name, which are the ones that obfuscators call by
/// white space alone.
/// </summary>
internal sealed class MetadataNames(MethodTableReader types, LoadedModules modules)
{
    private const int MaxDepth = 16;
    private readonly StringBuilder text = new();

    /// <summary>The name of any type, asked of the library first; null when there is none.</summary>
    public string? Find(ClrRuntime runtime, ClrType type) => type.Name
        ?? (type is { ElementType: ClrElementType.SZArray, ComponentType: { } component } ? Find(runtime, component) is { } name ? name + "[]" : null : Of(runtime, type));

    /// <summary>The name of a class or struct; null for arrays, and where there is no metadata: the library is to be asked then.</summary>
    public string? Of(ClrRuntime runtime, ClrType type)
    {
        text.Clear();
        return types.IsKnown && Add(runtime, type, 0) ? text.ToString() : null;
    }

    private bool Add(ClrRuntime runtime, ClrType type, int depth)
    {
        if (depth > MaxDepth || type.IsArray || type.IsPointer || modules.Find(types.Module(type.MethodTable)) is not { } module
            || MetadataTokens.EntityHandle(type.MetadataToken) is not { Kind: HandleKind.TypeDefinition, IsNil: false } handle
            || MetadataTokens.GetRowNumber(handle) > module.Reader.TypeDefinitions.Count)
        {
            return false;
        }

        ulong[] arguments = types.Arguments(type.MethodTable);
        int taken = 0;
        return AddDefinition(runtime, module.Reader, (TypeDefinitionHandle)handle, arguments, ref taken, depth) && taken == arguments.Length;
    }

    /// <summary>The names from the outermost type inwards, each with the arguments that its own name counts.</summary>
    private bool AddDefinition(ClrRuntime runtime, MetadataReader reader, TypeDefinitionHandle handle, ulong[] arguments, ref int taken, int depth)
    {
        TypeDefinition definition = reader.GetTypeDefinition(handle);
        if (definition.GetDeclaringType() is { IsNil: false } outer)
        {
            if (!AddDefinition(runtime, reader, outer, arguments, ref taken, depth))
            {
                return false;
            }

            text.Append('+');
        }
        else if (!definition.Namespace.IsNil)
        {
            text.Append(reader.GetString(definition.Namespace)).Append('.');
        }

        string name = reader.GetString(definition.Name);
        int tick = name.LastIndexOf('`');
        if (tick < 0)
        {
            text.Append(name);
            return true;
        }

        if (!int.TryParse(name.AsSpan(tick + 1), out int own) || own == 0 || taken + own > arguments.Length)
        {
            return false;
        }

        text.Append(name, 0, tick).Append('<');
        for (int index = 0; index < own; index++)
        {
            text.Append(index == 0 ? "" : ", ");
            if (runtime.GetTypeByMethodTable(arguments[taken++]) is not { } argument || !Add(runtime, argument, depth + 1))
            {
                return false;
            }
        }

        text.Append('>');
        return true;
    }
}
