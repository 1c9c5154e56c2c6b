using System.Collections.Immutable;
using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Names types and their members. A type is looked up once; types that can be unloaded are looked up in every capture.</summary>
internal sealed class TypeCatalog(LayoutTable layouts, Func<Func<ClrRuntime, ImmutableArray<string>>, ImmutableArray<string>> later)
{
    private readonly Dictionary<ulong, HeapType> types = [];

    /// <summary>Whether the debugging library knows a type of this method table.</summary>
    public bool Knows(ClrRuntime runtime, ulong methodTable) =>
        types.ContainsKey(methodTable) || Ask(runtime, methodTable) is not null;

    private static ClrType? Ask(ClrRuntime runtime, ulong methodTable)
    {
        RuntimeAttachment.NewQuestion(runtime);
        return runtime.GetTypeByMethodTable(methodTable);
    }

    public void ForgetCollectible()
    {
        foreach ((ulong methodTable, HeapType type) in types)
        {
            if ((type.Traits & TypeTraits.Collectible) != 0)
            {
                types.Remove(methodTable);
            }
        }
    }

    public HeapType Get(ClrRuntime runtime, in ObjectLayout layout)
    {
        if (!types.TryGetValue(layout.MethodTable, out HeapType? type))
        {
            type = Create(runtime, layout);
            types.Add(layout.MethodTable, type);
        }

        return type;
    }

    /// <summary>What a type's name and base say it is. The decoder decides by method tables that it knew at the time; this has the last word.</summary>
    public static LayoutFlags FactsOf(HeapType type) =>
        type.IsDelegate ? LayoutFlags.Delegate
        : type.Name == "System.Threading.TimerQueue" ? LayoutFlags.TimerQueue
        : type.Name.Contains("+AsyncStateMachineBox<", StringComparison.Ordinal) ? LayoutFlags.AsyncBox
        : LayoutFlags.None;

    private HeapType Create(ClrRuntime runtime, ObjectLayout layout)
    {
        ClrType? type = Ask(runtime, layout.MethodTable);
        if (type?.Name is not { } name)
        {
            return new HeapType($"(unknown type {layout.MethodTable:x})");
        }

        TypeTraits traits =
            (type.IsArray ? TypeTraits.Array : 0)
            | (type.IsString ? TypeTraits.String : 0)
            | (type.IsCollectible ? TypeTraits.Collectible : 0)
            | (type.IsFinalizable ? TypeTraits.Finalizable : 0)
            | (type.IsValueType ? TypeTraits.Boxed : 0)
            | (type.BaseType?.Name == "System.MulticastDelegate" ? TypeTraits.Delegate : 0)
            | ((layout.Flags & (LayoutFlags.References | LayoutFlags.Collectible)) == 0 ? TypeTraits.NoReferences : 0);
        var bases = ImmutableArray.CreateBuilder<string>();
        for (ClrType? parent = type.BaseType; parent?.Name is { } parentName && bases.Count < 64; parent = parent.BaseType)
        {
            bases.Add(parentName);
        }

        string? module = type.Module?.Name is { Length: > 0 } path ? Path.GetFileName(path) : null;
        if (type.IsCollectible)
        {
            // It may be unloaded by the time somebody asks.
            ImmutableArray<string> slots = NameSlots(type, layout);
            return new HeapType(name, module, traits, () => slots, bases.ToImmutable());
        }

        // A type object of the debugging library does not outlive the next capture: it is looked up when it is asked for.
        return new HeapType(name, module, traits, () => later(current =>
        {
            RuntimeAttachment.NewQuestion(current);
            RuntimeAttachment.Within(current, TimeSpan.FromSeconds(0.2));
            ImmutableArray<string> named = NameSlots(current.GetTypeByMethodTable(layout.MethodTable), layout);
            RuntimeAttachment.Within(current, null);
            return named;
        }), bases.ToImmutable());
    }

    private ImmutableArray<string> NameSlots(ClrType? type, ObjectLayout layout)
    {
        if (type is null)
        {
            return [];
        }

        var byOffset = new Dictionary<int, string>();
        bool isStructArray = (layout.Flags & LayoutFlags.StructArray) != 0;
        if (isStructArray)
        {
            AddFields(type.ComponentType, 0, "", byOffset, 0);
        }
        else
        {
            AddFields(type, 8, "", byOffset, 0);
        }

        return [.. SlotOffsets(layout, isStructArray).Select(offset => byOffset.GetValueOrDefault(offset, "(field)"))];
    }

    private IEnumerable<int> SlotOffsets(ObjectLayout layout, bool isStructArray)
    {
        if (!isStructArray)
        {
            return layouts.Offsets.Skip(layout.FirstOffset).Take(layout.OffsetCount).Select(offset => (int)offset);
        }

        var offsets = new List<int>();

        // The series begins at the first reference of the first element, whose fields before it are not counted.
        int offset = (int)layout.ElementsStart - 16;
        for (int pair = 0; pair < layout.OffsetCount; pair += 2)
        {
            for (uint reference = 0; reference < layouts.Offsets[layout.FirstOffset + pair]; reference++)
            {
                offsets.Add(offset % (int)layout.ComponentSize);
                offset += 8;
            }

            offset += (int)layouts.Offsets[layout.FirstOffset + pair + 1];
        }

        return offsets;
    }

    private static void AddFields(ClrType? type, int start, string prefix, Dictionary<int, string> byOffset, int depth)
    {
        const int MaxNesting = 16;
        if (type is null || depth > MaxNesting)
        {
            return;
        }

        foreach (ClrInstanceField field in type.Fields)
        {
            int offset = start + field.Offset;
            string name = prefix + field.Name;
            if (field.IsObjectReference)
            {
                byOffset.TryAdd(offset, name);
            }
            else if (field.ElementType == ClrElementType.Struct)
            {
                AddFields(field.Type, offset, name + ".", byOffset, depth + 1);
            }
        }
    }
}
