using System.Collections.Immutable;
using Limpet.Capture.Members;
using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// Names types and their members. A type is looked up once; of types that can be unloaded every capture makes sure that they are still the same, and looks
/// up those that are not.
/// </summary>
internal sealed class TypeCatalog(LayoutTable layouts, MethodTableReader methodTables, MemberNames members, TypePrints prints, MetadataNames names)
{
    private const int HeaderPointer = 8;
    private readonly Dictionary<ulong, HeapType> types = [];
    private readonly Dictionary<ulong, (HeapType Type, ulong Print)> collectible = [];
    private readonly Dictionary<ulong, uint> collections = [];
    private readonly Dictionary<ulong, uint> limits = [];

    /// <summary>What comes from packages; none until it is known.</summary>
    public ProgramPackages Packages { get; set; } = ProgramPackages.Of(null, []);

    /// <summary>Whether the type of this method table has been looked up and is one.</summary>
    public bool Knows(ulong methodTable) => types.ContainsKey(methodTable);

    /// <summary>The type of a layout; one without a name when it was never found to be a type.</summary>
    public HeapType Get(in ObjectLayout layout) =>
        types.TryGetValue(layout.MethodTable, out HeapType? type) ? type : new HeapType($"(unknown type {layout.MethodTable:x})");

    /// <summary>Before a capture: types that can be unloaded are known again when their method tables have been seen to be the same.</summary>
    public void ForgetCollectible()
    {
        foreach (ulong gone in collectible.Keys.Where(methodTable => !types.ContainsKey(methodTable)).ToArray())
        {
            collectible.Remove(gone);
        }

        foreach ((ulong methodTable, HeapType type) in types)
        {
            if ((type.Traits & TypeTraits.Collectible) != 0)
            {
                types.Remove(methodTable);
            }
        }
    }

    /// <summary>
    /// Looks a type up. False when its members are not to be had from metadata: then it is to be looked up once more while the target
    /// stands still, by the debugging library.
    /// </summary>
    public bool LookUp(ClrRuntime runtime, in ObjectLayout layout, bool stopped)
    {
        if (collectible.TryGetValue(layout.MethodTable, out (HeapType Type, ulong Print) known) && !types.ContainsKey(layout.MethodTable) && prints.Of(layout.MethodTable) == known.Print)
        {
            types.Add(layout.MethodTable, known.Type);
        }

        if (types.ContainsKey(layout.MethodTable) || runtime.GetTypeByMethodTable(layout.MethodTable) is not { } type
            || (((layout.Flags & LayoutFlags.Collectible) == 0 ? null : names.Of(runtime, type)) ?? names.Find(runtime, type)) is not { } name)
        {
            return true;
        }

        int[] offsets = SlotOffsets(layout);
        ImmutableArray<string>? slots = offsets.Length == 0 ? [] : NameSlots(layout, offsets) ?? (stopped ? AskForSlots(type, layout, offsets) : null);
        if (slots is null)
        {
            return false;
        }

        Learn(type);
        LearnNumbers(type, layout);

        HeapType described = TypeDescription.Of(type, name, (layout.Flags & (LayoutFlags.References | LayoutFlags.Collectible)) != 0, slots.Value, Packages);
        types.Add(layout.MethodTable, described);
        if ((described.Traits & TypeTraits.Collectible) != 0 && prints.Of(layout.MethodTable) is { } print)
        {
            collectible[layout.MethodTable] = (described, print);
        }

        return true;
    }

    /// <summary>Which of <see cref="LayoutTable.Counts"/> objects of a layout have; null for what is no collection.</summary>
    public uint? CountPlaceOf(in ObjectLayout layout) => collections.TryGetValue(layout.MethodTable, out uint place) ? place : null;

    /// <summary>Which of <see cref="LayoutTable.Limits"/> objects of a layout have; null for what keeps none.</summary>
    public uint? LimitPlaceOf(in ObjectLayout layout) => limits.TryGetValue(layout.MethodTable, out uint place) ? place : null;

    /// <summary>Takes in a type of the base library by its name.</summary>
    public void Learn(ClrRuntime runtime, string name)
    {
        if (runtime.BaseClassLibrary.GetTypeByName(name) is { } type)
        {
            Learn(type);
        }
    }

    /// <summary>What a type's name and base say it is. The decoder decides by method tables that it knew at the time; this has the last word.</summary>
    public static LayoutFlags FactsOf(HeapType type) =>
        type.IsDelegate ? LayoutFlags.Delegate
        : type.Name == "System.Threading.TimerQueue" ? LayoutFlags.TimerQueue
        : type.Name == "System.Threading.TimerQueueTimer" ? LayoutFlags.Timer
        : type.Name.Contains("+AsyncStateMachineBox<", StringComparison.Ordinal) ? LayoutFlags.AsyncBox
        : LayoutFlags.None;

    private void Learn(ClrType type) =>
        layouts.WellKnown.Learn(type, members.OffsetOf);

    /// <summary>Finds where objects of a type keep how much they hold, or may hold.</summary>
    private void LearnNumbers(ClrType type, in ObjectLayout layout)
    {
        if ((layout.Flags & (LayoutFlags.Collectible | LayoutFlags.ReferenceArray | LayoutFlags.StructArray)) != 0)
        {
            return;
        }

        if (CollectionCounts.PlaceIn(type, members.OffsetOf) is { } count)
        {
            collections[layout.MethodTable] = (uint)layouts.Counts.Count;
            layouts.Counts.Add(count);
        }
        else if (LimitFields.PlacesIn(type, members.OffsetOf) is { Length: > 0 } limit)
        {
            limits[layout.MethodTable] = (uint)layouts.Limits.Count;
            layouts.Limits.Add(limit);
        }
    }

    private ImmutableArray<string>? NameSlots(in ObjectLayout layout, int[] offsets)
    {
        int[] ascending = [.. offsets.Distinct().Order()];
        ulong holder = (layout.Flags & LayoutFlags.StructArray) != 0 ? methodTables.ElementType(layout.MethodTable) : layout.MethodTable;
        return members.Name(holder, ascending) is { } names
            ? [.. offsets.Select(offset => names[Array.BinarySearch(ascending, offset)])]
            : null;
    }

    private static ImmutableArray<string> AskForSlots(ClrType type, in ObjectLayout layout, int[] offsets)
    {
        ClrType? holder = (layout.Flags & LayoutFlags.StructArray) != 0 ? type.ComponentType : type;
        return [.. offsets.Select(offset => TypeDescription.FieldAt(holder, offset) ?? "(field)")];
    }

    /// <summary>Where the references of an object lie, or of an element of an array of structs, counted from the first field.</summary>
    private int[] SlotOffsets(in ObjectLayout layout)
    {
        if ((layout.Flags & LayoutFlags.StructArray) == 0)
        {
            return [.. layouts.Offsets.AsSpan(layout.FirstOffset, layout.OffsetCount).ToArray().Select(offset => (int)offset - HeaderPointer)];
        }

        var offsets = new List<int>();

        // The series begins at the first reference of the first element, whose fields before it are not counted. The elements begin behind length and bounds, which the size
        // of an empty array ends with, and that counts the word before the object.
        int offset = (int)layout.ElementsStart - ((int)layout.BaseSize - HeaderPointer);
        for (int pair = 0; pair < layout.OffsetCount; pair += 2)
        {
            for (uint reference = 0; reference < layouts.Offsets[layout.FirstOffset + pair]; reference++)
            {
                offsets.Add(offset % (int)layout.ComponentSize);
                offset += HeaderPointer;
            }

            offset += (int)layouts.Offsets[layout.FirstOffset + pair + 1];
        }

        return [.. offsets];
    }
}
