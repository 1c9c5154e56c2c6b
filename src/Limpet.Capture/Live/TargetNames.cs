using System.Collections.Immutable;
using Limpet.Capture.Members;
using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Heap.Holders;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// The names of what a target has: types with their members, static fields, methods. They are looked up between stops and kept from
/// one capture to the next; what can be unloaded is named in the stop.
/// </summary>
internal sealed class TargetNames : IDisposable
{
    private readonly TargetMemory memory;
    private readonly LayoutTable layouts;
    private readonly RuntimeView view;
    private readonly ShortStops shortStops;
    private readonly StaticSlots statics;
    private readonly MethodTableReader methodTables;
    private readonly LoadedModules modules;
    private readonly TypeCatalog catalog;
    private readonly bool hasStaticsBlocks;
    private readonly Dictionary<ulong, (string Text, MethodName? Method)> frames = [];
    private int unnamedSlots = -1;
    private bool knowsModules;

    public TargetNames(TargetMemory memory, LayoutTable layouts, RuntimeView view)
    {
        this.memory = memory;
        this.layouts = layouts;
        this.view = view;
        shortStops = new ShortStops(view);
        methodTables = new MethodTableReader(memory, view.Runtime.Heap.StringType.MethodTable);
        modules = new LoadedModules(memory);
        MetadataNames names = new(methodTables, modules);
        statics = new StaticSlots(memory, names.Find);
        catalog = new TypeCatalog(layouts, methodTables, new MemberNames(methodTables, modules), new TypePrints(memory, methodTables, modules), names);

        // .NET 8 kept the statics of a module together, in a place that only the debugging library knows.
        hasStaticsBlocks = methodTables.IsKnown && !RuntimeVersion.IsNet8(view.Runtime.ClrInfo);
    }

    /// <summary>How long the target stood still for names, in all captures so far.</summary>
    public TimeSpan Stalled => shortStops.Stalled;

    /// <summary>Learns the types of the base library whose objects carry facts before the heap is read, so that one reading is enough.</summary>
    public void LearnWellKnown(ClrRuntime runtime)
    {
        LearnModules(CancellationToken.None);
        foreach (string name in WellKnownTypes.Names)
        {
            catalog.Learn(runtime, name);
        }
    }

    /// <summary>Before the first stop of a capture: names what is known of, and keeps only layouts that are those of types: the heap was changing when a walk over the running target met them.</summary>
    public void Prepare(CancellationToken cancellation)
    {
        LearnModules(cancellation);
        catalog.ForgetCollectible();
        LookUpTypes(cancellation);
        layouts.Retain(layout => (layout.Flags & LayoutFlags.Collectible) == 0 && catalog.Knows(layout.MethodTable));
        TakeFacts();
        LookUpStatics([], cancellation);
    }

    /// <summary>In the stop: reads what static fields hold, takes in new modules, and names types that can be unloaded: their method tables may be gone after it.</summary>
    public void ReadStopped(ClrRuntime runtime, RootSet roots)
    {
        statics.Read(runtime, roots);
        modules.Refresh(runtime);
        foreach (int ordinal in Collectible())
        {
            LookUp(runtime, layouts.Layouts[ordinal], stopped: true);
        }
    }

    /// <summary>After the stop: names the types that it met. Whether some of them carry facts that the decoder did not read, so that it must walk again.</summary>
    public bool Complete(CancellationToken cancellation)
    {
        LookUpTypes(cancellation);
        return TakeFacts();
    }

    /// <summary>The ordinals of types that can be unloaded.</summary>
    public IEnumerable<int> Collectible() => Enumerable.Range(0, layouts.Count).Where(ordinal => (layouts.Layouts[ordinal].Flags & LayoutFlags.Collectible) != 0);

    /// <summary>The types, in the order of their layouts.</summary>
    public ImmutableArray<HeapType> Types() => [.. layouts.Layouts.Take(layouts.Count).Select(layout => catalog.Get(layout))];

    /// <summary>Versions of the assemblies of the target, by name.</summary>
    public ImmutableDictionary<string, Version> Versions() => modules.Versions();

    /// <summary>The files on this machine that the target was loaded from, by the path that it knows them by.</summary>
    public Dictionary<string, string> FilesOfSameBuild() => modules.FilesOfSameBuild();

    /// <summary>The roots of a graph, with their names.</summary>
    public ImmutableArray<GcRoot> Roots(AddressMap addresses, Func<NodeIndex, long> sizeOf, RootSet roots) =>
        new RootNaming(addresses, sizeOf, frames).Name(statics.Roots().Concat(roots.Roots), roots.HandleArrays);

    /// <summary>Names the static fields of types that were loaded or used since the last time.</summary>
    public void LookUpStatics(IReadOnlyList<(ulong Start, ulong End)> heap, CancellationToken cancellation)
    {
        if (statics.UnnamedCount == unnamedSlots)
        {
            return;
        }

        // Module tables do not list instantiations of generic types; those with objects in the heap are found by them.
        ClrRuntime runtime = view.Runtime;
        ulong[] types =
        [
            .. statics.Unsettled(runtime.EnumerateModules().Where(module => modules.Stays(module.Address)).SelectMany(module => module.EnumerateTypeDefToMethodTableMap()).Select(entry => entry.Item1)
                .Concat(layouts.Layouts.Take(layouts.Count).Where(layout => catalog.Get(layout).Name.Contains('<', StringComparison.Ordinal)).Select(layout => layout.MethodTable))
                .Distinct()),
        ];
        if (hasStaticsBlocks)
        {
            foreach (ulong type in types)
            {
                Ask(() => statics.LookUp(runtime, type, methodTables, modules));
            }

            foreach (ulong type in statics.FindUnlisted(heap))
            {
                Ask(() => statics.LookUp(runtime, type, methodTables, modules));
            }
        }
        else
        {
            shortStops.Ask(types, statics.LookUp, cancellation);
        }

        unnamedSlots = statics.UnnamedCount;
    }

    /// <summary>Names the methods that delegates call, by the place of their code.</summary>
    public ImmutableDictionary<ulong, MethodName> LookUpCode(IEnumerable<ulong> pointers)
    {
        var code = new CodeNames(view.Runtime, memory);
        var methods = ImmutableDictionary.CreateBuilder<ulong, MethodName>();
        foreach (ulong pointer in pointers.Distinct())
        {
            Ask(() =>
            {
                if (code.Find(pointer) is { } method)
                {
                    methods[pointer] = method;
                }
            });
        }

        return methods.ToImmutable();
    }

    /// <summary>Names the methods whose frames hold something.</summary>
    public void LookUpFrames(RootSet roots) => Ask(() => FrameNames.LookUp(view.Runtime, roots, frames));

    public void Dispose() => modules.Dispose();

    /// <summary>Names the types that were met since the last time.</summary>
    private void LookUpTypes(CancellationToken cancellation)
    {
        ClrRuntime runtime = view.Runtime;
        var left = new List<ObjectLayout>();
        for (int ordinal = 0; ordinal < layouts.Count; ordinal++)
        {
            ObjectLayout layout = layouts.Layouts[ordinal];
            if ((layout.Flags & LayoutFlags.Collectible) == 0 && !LookUp(runtime, layout, stopped: false))
            {
                left.Add(layout);
            }
        }

        shortStops.Ask(left, (stopped, layout) => LookUp(stopped, layout, stopped: true), cancellation);
    }

    /// <summary>A dump does not change: what the debugging library stumbles over there is an alteration, and is said.</summary>
    private void Ask(Action question)
    {
        if (view.ProcessId is null)
        {
            question();
        }
        else
        {
            PassiveQuestion.Ask(question);
        }
    }

    /// <summary>
    /// Looks a type up; false when it must be asked for while the target stands still. A layout may be that of a type that was unloaded since it was met, or of what a walk over a running
    /// target took for one.
    /// </summary>
    private bool LookUp(ClrRuntime runtime, ObjectLayout layout, bool stopped)
    {
        bool isSettled = stopped;
        Ask(() => isSettled |= catalog.LookUp(runtime, layout, stopped));
        return isSettled;
    }

    /// <summary>Reads which modules there are, once in a short stop; every stop of a capture takes in those that come later.</summary>
    private void LearnModules(CancellationToken cancellation)
    {
        if (!knowsModules)
        {
            shortStops.Ask([modules], (runtime, known) => known.Refresh(runtime), cancellation);
            catalog.Packages = ProgramPackages.Of(view.ProcessId, modules.Paths);
            knowsModules = true;
        }
    }

    /// <summary>Has the decoder read what types turned out to carry; whether that is more than before. What it read for nothing is not counted: see <see cref="HeapReading"/>.</summary>
    private bool TakeFacts()
    {
        bool changed = false;
        for (int ordinal = 0; ordinal < layouts.Count; ordinal++)
        {
            ref ObjectLayout layout = ref layouts.Layouts[ordinal];
            LayoutFlags facts = TypeCatalog.FactsOf(catalog.Get(layout));
            changed |= (facts & ~layout.Flags) != 0;
            if (catalog.CountPlaceOf(layout) is { } place)
            {
                // A kind of collection that is met for the first time is counted from the next capture on: that is not worth another walk.
                facts |= LayoutFlags.Collection;
                layout.ElementsStart = place;
            }
            else if (catalog.LimitPlaceOf(layout) is { } limit)
            {
                facts |= LayoutFlags.Limit;
                layout.ElementsStart = limit;
            }

            layout.Flags = (layout.Flags & ~LayoutFlags.HasFacts) | facts;
        }

        return changed;
    }
}
