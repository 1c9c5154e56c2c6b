using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Limpet.Capture.Symbols;
using Limpet.Heap.Holders;

namespace Limpet.Capture.EventPipe;

/// <summary>
/// The metadata of the modules that a process has mapped. The events name a module by an address that nothing else knows, and a nested type without the types
/// around it; a module is found as the one file in which all types that came from it stand at their tokens.
/// </summary>
internal sealed class EventModules : IDisposable
{
    private readonly List<(string Path, PEReader File, MetadataReader Metadata, MemberNames Names)> files = [];
    private readonly Dictionary<ulong, int> modules = [];
    private readonly Lazy<ILookup<string, (int File, FieldDefinitionHandle Field)>> statics;

    private EventModules() => statics = new(FindStatics);

    /// <summary>Opens files, and finds which of them are the modules of types. What cannot be read is left out.</summary>
    public static EventModules Open(IEnumerable<string> paths, IEnumerable<EventType> types)
    {
        EventModules opened = new();
        foreach (string path in paths)
        {
            opened.Open(path);
        }

        foreach (var module in types.Where(type => type.Token != 0 && !type.IsArray).GroupBy(type => type.Module))
        {
            int[] fitting = [.. Enumerable.Range(0, opened.files.Count).Where(file => module.All(type => UnreadableFile.OrNull<object>(() => opened.Has(file, type) ? type : null) is not null))];
            if (fitting is [int only])
            {
                opened.modules.Add(module.Key, only);
            }
        }

        return opened;
    }

    /// <summary>The name of a type definition with those around it, such as <c>Outer`1+Inner</c>; null where its module is not known, or was altered.</summary>
    public string? NameOf(EventType type) => type.Token != 0 && modules.TryGetValue(type.Module, out int file)
        ? UnreadableFile.OrNull(() => files[file].Names.SpellingOf(MetadataTokens.TypeDefinitionHandle(RowOf(type))))
        : null;

    /// <summary>File name of the module that a type is from; null where it is not known.</summary>
    public string? FileOf(EventType type) => modules.TryGetValue(type.Module, out int file) ? Path.GetFileName(files[file].Path) : null;

    /// <summary>The name of a static field with that of its type, where only one module and one type have such a field; else the name as it is.</summary>
    public string NameOfStatic(string field) =>
        statics.Value[field].Take(2).ToArray() is [var only] && UnreadableFile.OrNull(() => files[only.File].Names.SpellingOf(files[only.File].Metadata.GetFieldDefinition(only.Field).GetDeclaringType())) is { } type
            ? $"{SourceNames.Type(type)}.{SourceNames.Field(field)}"
            : SourceNames.Field(field);

    public void Dispose()
    {
        foreach ((_, PEReader file, _, _) in files)
        {
            file.Dispose();
        }
    }

    private static int RowOf(EventType type) => (int)(type.Token & 0xffffff);

    private void Open(string path) => UnreadableFile.OrNull<object>(() =>
    {
        if (!FileBytes.AreThere(path))
        {
            return null;
        }

        PEReader file = new(File.OpenRead(path), PEStreamOptions.PrefetchMetadata);
        try
        {
            if (file.HasMetadata)
            {
                MetadataReader metadata = file.GetMetadataReader();
                files.Add((path, file, metadata, new MemberNames(metadata)));
                return file;
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    });

    private bool Has(int file, EventType type)
    {
        MetadataReader metadata = files[file].Metadata;
        int row = RowOf(type);
        if (MetadataTokens.EntityHandle((int)type.Token).Kind != HandleKind.TypeDefinition || row == 0 || row > metadata.TypeDefinitions.Count)
        {
            return false;
        }

        TypeDefinition definition = metadata.GetTypeDefinition(MetadataTokens.TypeDefinitionHandle(row));
        ReadOnlySpan<char> name = type.BareName;
        string scope = metadata.GetString(definition.Namespace);
        return scope.Length == 0
            ? name.SequenceEqual(metadata.GetString(definition.Name))
            : name.StartsWith(scope) && name.Length > scope.Length && name[scope.Length] == '.' && name[(scope.Length + 1)..].SequenceEqual(metadata.GetString(definition.Name));
    }

    private ILookup<string, (int File, FieldDefinitionHandle Field)> FindStatics() => Enumerable.Range(0, files.Count)
        .SelectMany(file => UnreadableFile.OrNull(() => StaticsOf(files[file].Metadata)) ?? [], (file, found) => (File: file, found.Name, found.Field))
        .ToLookup(entry => entry.Name, entry => (entry.File, entry.Field), StringComparer.Ordinal);

    private static List<(string Name, FieldDefinitionHandle Field)> StaticsOf(MetadataReader metadata)
    {
        List<(string Name, FieldDefinitionHandle Field)> found = [];
        foreach (FieldDefinitionHandle handle in metadata.FieldDefinitions)
        {
            FieldDefinition field = metadata.GetFieldDefinition(handle);
            if ((field.Attributes & (FieldAttributes.Static | FieldAttributes.Literal)) == FieldAttributes.Static)
            {
                found.Add((metadata.GetString(field.Name), handle));
            }
        }

        return found;
    }
}
