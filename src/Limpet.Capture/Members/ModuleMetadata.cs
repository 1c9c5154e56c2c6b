using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Limpet.Capture.Native;

namespace Limpet.Capture.Members;

/// <summary>The metadata of one loaded module: mapped from its file, or copied from the target where there is no file of it.</summary>
internal sealed unsafe class ModuleMetadata : IDisposable
{
    private const ulong MaxCopy = 256UL << 20;
    private readonly PEReader? file;
    private readonly void* copy;
    private readonly Lazy<Dictionary<(string Namespace, string Name), TypeDefinitionHandle>> types;

    private ModuleMetadata(MetadataReader reader, PEReader? file, void* copy)
    {
        Reader = reader;
        this.file = file;
        this.copy = copy;
        types = new(IndexTypes);
    }

    public MetadataReader Reader { get; }

    /// <summary>What tells this build of the module from every other.</summary>
    public Guid Identity => Reader.GetGuid(Reader.GetModuleDefinition().Mvid);

    /// <summary>The identity of the module in a file; null when there is none.</summary>
    public static Guid? IdentityOf(string path)
    {
        try
        {
            using ModuleMetadata? metadata = FromFile(path);
            return metadata?.Identity;
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Opens the metadata; null when there is none, as of an assembly that the program builds as it runs.</summary>
    public static ModuleMetadata? Open(string? path, ulong address, ulong length, TargetMemory memory)
    {
        try
        {
            return (memory.FilesAreCurrent && path is not null && File.Exists(path) ? FromFile(path) : null) ?? FromTarget(address, length, memory);
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A type that stands in no other, by its name.</summary>
    public TypeDefinitionHandle Find(string ns, string name) => types.Value.GetValueOrDefault((ns, name));

    public void Dispose()
    {
        file?.Dispose();
        NativeMemory.Free(copy);
    }

    private static ModuleMetadata? FromFile(string path)
    {
        var reader = new PEReader(File.OpenRead(path));
        if (reader.HasMetadata)
        {
            return new ModuleMetadata(reader.GetMetadataReader(), reader, null);
        }

        reader.Dispose();
        return null;
    }

    private static ModuleMetadata? FromTarget(ulong address, ulong length, TargetMemory memory)
    {
        if (address == 0 || length is 0 or > MaxCopy)
        {
            return null;
        }

        void* copy = NativeMemory.Alloc((nuint)length);
        try
        {
            if (memory.Read(address, copy, (nuint)length) == length)
            {
                return new ModuleMetadata(new MetadataReader((byte*)copy, (int)length), null, copy);
            }
        }
        catch (BadImageFormatException)
        {
            // Not metadata, or not yet: as if there were none.
        }

        NativeMemory.Free(copy);
        return null;
    }

    private Dictionary<(string Namespace, string Name), TypeDefinitionHandle> IndexTypes()
    {
        var index = new Dictionary<(string Namespace, string Name), TypeDefinitionHandle>();
        foreach (TypeDefinitionHandle handle in Reader.TypeDefinitions)
        {
            TypeDefinition type = Reader.GetTypeDefinition(handle);
            if (type.GetDeclaringType().IsNil)
            {
                index.TryAdd((Reader.GetString(type.Namespace), Reader.GetString(type.Name)), handle);
            }
        }

        return index;
    }
}
