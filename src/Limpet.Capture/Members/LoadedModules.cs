using System.Collections.Immutable;
using System.Reflection.Metadata;
using Limpet.Capture.Native;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Members;

/// <summary>The metadata of the target's modules, by the address of the runtime's own module and by the name of the assembly.</summary>
internal sealed class LoadedModules(TargetMemory memory) : IDisposable
{
    private readonly Dictionary<ulong, ModuleMetadata?> byAddress = [];
    private readonly Dictionary<ulong, (string?, ulong)> identities = [];
    private readonly Dictionary<string, ulong> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Modules whose metadata nobody has needed yet: it is opened outside of stops, where it can be.</summary>
    private readonly Dictionary<ulong, (string? Path, ulong Address, ulong Length)> unopened = [];
    private readonly HashSet<ulong> unloadable = [];

    /// <summary>The paths of the modules, as of the last refresh.</summary>
    public IEnumerable<string> Paths => identities.Values.Select(identity => identity.Item1).OfType<string>();

    /// <summary>Versions of the assemblies whose metadata could be read, by name.</summary>
    public ImmutableDictionary<string, Version> Versions()
    {
        Open();
        return byName.Where(entry => byAddress[entry.Value] is not null)
            .ToImmutableDictionary(entry => entry.Key, entry => byAddress[entry.Value]!.Reader.GetAssemblyDefinition().Version, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The metadata of a module; null when it has none that can be read, or was not there at the last refresh.</summary>
    public ModuleMetadata? Find(ulong module)
    {
        Open();
        return byAddress.GetValueOrDefault(module);
    }

    /// <summary>Whether a module was there at the last refresh and stays as long as the process: the debugging library can be asked for it while the target runs.</summary>
    public bool Stays(ulong module) => identities.ContainsKey(module) && !unloadable.Contains(module);

    /// <summary>Where the metadata of a module lies, as of the last refresh; null when it has none, or the module is not known.</summary>
    public ulong? MetadataOf(ulong module) => identities.TryGetValue(module, out (string?, ulong Metadata) identity) && identity.Metadata != 0 ? identity.Metadata : null;

    /// <summary>
    /// Takes in modules that were loaded since, and those that were loaded in the place of others. Nothing may change meanwhile: a module that is unloaded while the debugging
    /// library is asked for it was seen to end this process, in native code.
    /// </summary>
    public void Refresh(ClrRuntime runtime)
    {
        foreach (ClrModule module in runtime.EnumerateModules())
        {
            (string?, ulong) identity = (module.Name, module.MetadataAddress);
            if (identities.TryGetValue(module.Address, out (string?, ulong) known) && known == identity)
            {
                continue;
            }

            if (byAddress.Remove(module.Address, out ModuleMetadata? old))
            {
                old?.Dispose();
                foreach (string name in byName.Where(entry => entry.Value == module.Address).Select(entry => entry.Key).ToArray())
                {
                    byName.Remove(name);
                }
            }

            identities[module.Address] = identity;
            if (module.LoaderAllocator == runtime.BaseClassLibrary.LoaderAllocator)
            {
                unloadable.Remove(module.Address);
            }
            else
            {
                unloadable.Add(module.Address);
            }

            unopened[module.Address] = (module.Name, module.MetadataAddress, module.MetadataLength);
        }
    }

    /// <summary>The files on this machine that are the very builds that the target loaded, by the path that it knows them by.</summary>
    public Dictionary<string, string> FilesOfSameBuild()
    {
        Open();
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach ((ulong address, (string? path, _)) in identities)
        {
            if (path is not null && File.Exists(path) && byAddress.GetValueOrDefault(address) is { } metadata && ModuleMetadata.IdentityOf(path) is { } identity && identity == metadata.Identity)
            {
                files[path] = path;
            }
        }

        return files;
    }

    /// <summary>Finds the type that a reference in a module's metadata stands for, following type forwards.</summary>
    public (ModuleMetadata Module, TypeDefinitionHandle Type)? Resolve(ModuleMetadata from, TypeReferenceHandle reference)
    {
        TypeReference type = from.Reader.GetTypeReference(reference);
        string ns = from.Reader.GetString(type.Namespace);
        string name = from.Reader.GetString(type.Name);
        switch (type.ResolutionScope.Kind)
        {
            case HandleKind.TypeReference when Resolve(from, (TypeReferenceHandle)type.ResolutionScope) is { } outer:
                foreach (TypeDefinitionHandle nested in outer.Module.Reader.GetTypeDefinition(outer.Type).GetNestedTypes())
                {
                    if (outer.Module.Reader.StringComparer.Equals(outer.Module.Reader.GetTypeDefinition(nested).Name, name))
                    {
                        return (outer.Module, nested);
                    }
                }

                return null;
            case HandleKind.AssemblyReference:
                AssemblyReference assembly = from.Reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
                return ResolveIn(from.Reader.GetString(assembly.Name), ns, name, 0);
            default:
                return null;
        }
    }

    public void Dispose()
    {
        foreach (ModuleMetadata? metadata in byAddress.Values)
        {
            metadata?.Dispose();
        }
    }

    private void Open()
    {
        foreach ((ulong module, (string? path, ulong address, ulong length)) in unopened)
        {
            ModuleMetadata? metadata = ModuleMetadata.Open(path, address, length, memory);
            byAddress[module] = metadata;
            if (metadata is { Reader.IsAssembly: true } assembly)
            {
                byName.TryAdd(assembly.Reader.GetString(assembly.Reader.GetAssemblyDefinition().Name), module);
            }
        }

        unopened.Clear();
    }

    private (ModuleMetadata Module, TypeDefinitionHandle Type)? ResolveIn(string assembly, string ns, string name, int depth)
    {
        const int MaxForwards = 8;
        if (depth > MaxForwards || !byName.TryGetValue(assembly, out ulong address) || byAddress.GetValueOrDefault(address) is not { } module)
        {
            return null;
        }

        if (module.Find(ns, name) is { IsNil: false } found)
        {
            return (module, found);
        }

        foreach (ExportedTypeHandle handle in module.Reader.ExportedTypes)
        {
            ExportedType exported = module.Reader.GetExportedType(handle);
            if (exported.IsForwarder
                && module.Reader.StringComparer.Equals(exported.Name, name)
                && module.Reader.StringComparer.Equals(exported.Namespace, ns)
                && exported.Implementation.Kind == HandleKind.AssemblyReference)
            {
                AssemblyReference target = module.Reader.GetAssemblyReference((AssemblyReferenceHandle)exported.Implementation);
                return ResolveIn(module.Reader.GetString(target.Name), ns, name, depth + 1);
            }
        }

        return null;
    }
}
