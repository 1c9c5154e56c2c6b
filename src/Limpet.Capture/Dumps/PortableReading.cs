using System.Collections.Immutable;
using Limpet.Capture.Live;
using Limpet.Capture.Members;
using Limpet.Capture.Native;
using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Dumps;

/// <summary>
/// Makes a graph of a dump through the debugging library's own enumeration alone: slow, and on every system that the library reads dumps of. Roots, statics and names are
/// read as of any dump; see <see cref="BlindSpots"/> for what is not.
/// </summary>
internal sealed class PortableReading(NamedFile file, RuntimeView view, CancellationToken cancellation)
{
    /// <summary>What no such heap shows.</summary>
    public static ImmutableArray<string> BlindSpots { get; } =
    [
        "what objects contain: timers, pending operations, methods of delegates, fill of arrays and collections, texts and hashes of strings",
        "what threads wait for",
        "static fields of generic types that have no objects: what they hold is in an object table without the field's name",
        "the command line of the process",
        "with the server GC: handles that the debugging library does not list",
    ];

    /// <summary>The files that the process was loaded from, as far as they are on this machine.</summary>
    public Dictionary<string, string> Files { get; private set; } = [];

    /// <summary>Reads everything and builds the graph.</summary>
    /// <exception cref="Limpet.Results.LimpetException">No heap is in the dump.</exception>
    public HeapGraph Read()
    {
        ClrRuntime runtime = view.Runtime;
        ReaderMemory memory = new(runtime.DataTarget.DataReader);
        using PortableObjects objects = new(runtime, cancellation);
        objects.Read();
        DumpHeap.RequireHeap(file, objects.Segments, objects.Count);
        RootSet roots = RootSet.Read(runtime, view, tables: null, cancellation);
        StaticSlots statics = Statics(runtime, memory, objects, roots);
        Dictionary<ulong, (string Text, MethodName? Method)> frames = [];
        FrameNames.LookUp(runtime, roots, frames);
        using LoadedModules modules = new(memory);
        modules.Refresh(runtime);
        Files = modules.FilesOfSameBuild();
        ProgramPackages packages = ProgramPackages.Of(null, modules.Paths);
        AddressMap map = objects.Map();
        ImmutableArray<GcRoot> named = new RootNaming(map, objects.SizeOf, frames).Name(statics.Roots().Concat(roots.Roots), roots.HandleArrays);
        return objects.Link(map, roots.Dependent, (types, sizes, firstEdges, targets, slots) =>
            new HeapGraph(types, sizes, firstEdges, targets, slots, map, [.. objects.Types.Select(type => type.Describe(packages))], named)
            {
                WeakHandles = roots.WeakHandles(map),
                ModuleVersions = modules.Versions(),
                IncompleteReason = DumpHeap.WhatIsMissing(runtime, objects.Broken, objects.Unread, roots) ?? (objects.Lost > 0 ? $"{objects.Lost} references point to no object" : null),
            });
    }

    /// <summary>The static fields of the types that the modules define, and of the generic ones that have objects.</summary>
    private StaticSlots Statics(ClrRuntime runtime, ReaderMemory memory, PortableObjects objects, RootSet roots)
    {
        StaticSlots statics = new(memory, (_, type) => type.Name);
        IEnumerable<ulong> defined = runtime.EnumerateModules().SelectMany(module => module.EnumerateTypeDefToMethodTableMap()).Select(entry => entry.Item1);
        IEnumerable<ulong> generic = objects.Types.Where(type => type.Type.Name?.Contains('<', StringComparison.Ordinal) == true).Select(type => type.Type.MethodTable);
        foreach (ulong type in defined.Concat(generic).Distinct())
        {
            cancellation.ThrowIfCancellationRequested();
            statics.LookUp(runtime, type);
        }

        statics.Read(runtime, roots);
        return statics;
    }
}
