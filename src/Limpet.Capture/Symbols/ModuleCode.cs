using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Capture.Symbols;

/// <summary>The file of one module: its metadata, the code of its methods and, read when first asked for, its symbols.</summary>
internal sealed class ModuleCode : IDisposable
{
    private readonly PEReader file;
    private readonly Lazy<PortablePdb?> symbols;
    private readonly Lazy<ILookup<string, TypeDefinitionHandle>> types;

    private ModuleCode(string path, PEReader file)
    {
        this.file = file;
        Metadata = file.GetMetadataReader();
        Names = new MemberNames(Metadata);
        symbols = new Lazy<PortablePdb?>(() => UnreadableFile.OrNull(() => PortablePdb.Open(file, path)));
        types = new Lazy<ILookup<string, TypeDefinitionHandle>>(() => Metadata.TypeDefinitions.ToLookup(type => Names.KeyOf(type), StringComparer.Ordinal));
    }

    public MetadataReader Metadata { get; }

    public MemberNames Names { get; }

    /// <summary>Opens a module; null when the file is none or cannot be read.</summary>
    public static ModuleCode? Open(string path) => UnreadableFile.OrNull(() =>
    {
        if (FileBytes.Read(path) is not { } bytes)
        {
            return null;
        }

        PEReader file = new(bytes);
        try
        {
            return file.HasMetadata ? new ModuleCode(path, file) : null;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    });

    /// <summary>The types of a key; several where they differ in the number of their arguments only.</summary>
    public IEnumerable<TypeDefinitionHandle> TypesOf(string key) => types.Value[key];

    /// <summary>A method by its token, if it is the one of that name; without a token by its name, if it is the only one.</summary>
    public MethodDefinitionHandle? Find(string typeKey, string name, int token)
    {
        if (token != 0)
        {
            Handle handle = MetadataTokens.Handle(token);
            return handle.Kind == HandleKind.MethodDefinition && Metadata.StringComparer.Equals(Metadata.GetMethodDefinition((MethodDefinitionHandle)handle).Name, name)
                ? (MethodDefinitionHandle)handle
                : null;
        }

        MethodDefinitionHandle[] named = [.. MethodsOf(typeKey, name).Take(2)];
        return named.Length == 1 ? named[0] : null;
    }

    public IEnumerable<MethodDefinitionHandle> MethodsOf(string typeKey, string name) =>
        TypesOf(typeKey).SelectMany(type => Metadata.GetTypeDefinition(type).GetMethods()).Where(method => Metadata.StringComparer.Equals(Metadata.GetMethodDefinition(method).Name, name));

    public IEnumerable<FieldDefinitionHandle> FieldsOf(string typeKey, string name) =>
        TypesOf(typeKey).SelectMany(type => Metadata.GetTypeDefinition(type).GetFields()).Where(field => Metadata.StringComparer.Equals(Metadata.GetFieldDefinition(field).Name, name));

    /// <summary>The instructions of a method; empty when it has none.</summary>
    public unsafe ReadOnlySpan<byte> BodyOf(MethodDefinitionHandle method)
    {
        int address = Metadata.GetMethodDefinition(method).RelativeVirtualAddress;
        if (address == 0)
        {
            return [];
        }

        BlobReader code = file.GetMethodBody(address).GetILReader();
        return new ReadOnlySpan<byte>(code.StartPointer, code.Length);
    }

    public SourceLine? FirstLine(MethodDefinitionHandle method) => UnreadableFile.OrNull(() => symbols.Value?.FirstLine(method));

    public SourceLine? LineAt(MethodDefinitionHandle method, int offset) => UnreadableFile.OrNull(() => symbols.Value?.LineAt(method, offset));

    /// <summary>A method's name, with the line of the statement at <paramref name="offset"/>.</summary>
    public MethodName NameOf(MethodDefinitionHandle method, int offset)
    {
        MethodDefinition definition = Metadata.GetMethodDefinition(method);
        return new MethodName(Names.SpellingOf(definition.GetDeclaringType()), Metadata.GetString(definition.Name), LineAt(method, offset))
        {
            Token = MetadataTokens.GetToken(method),
        };
    }

    public void Dispose()
    {
        if (symbols.IsValueCreated)
        {
            symbols.Value?.Dispose();
        }

        file.Dispose();
    }
}
