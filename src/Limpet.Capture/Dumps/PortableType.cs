using System.Collections.Immutable;
using Limpet.Capture.Live;
using Limpet.Capture.Members;
using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Dumps;

/// <summary>A type that was met, and the members by which its objects refer to others, in the order in which they were met.</summary>
internal sealed class PortableType
{
    private const int PointerBytes = 8;
    private readonly Dictionary<int, byte> slots = [];
    private readonly ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
    private readonly bool hasElementReferences;
    private readonly ClrType? holder;
    private readonly int firstOffset;

    public PortableType(ClrRuntime runtime, ClrType type, int index)
    {
        Type = type;
        Index = index;
        hasElementReferences = type is { IsArray: true, ComponentType.IsObjectReference: true };
        holder = type.IsArray ? type.ComponentType : type;

        // The library counts from behind the first word of an object; the size of an empty array has that word in it, and the one before it.
        firstOffset = type.IsArray ? type.StaticSize - (2 * PointerBytes) : 0;
        LoaderAllocator = type.IsCollectible ? RuntimeAttachment.LoaderAllocator(runtime, type.MethodTable) : 0;
    }

    public ClrType Type { get; }

    public int Index { get; }

    /// <summary>What keeps the type loaded, which its objects hold though no member does; 0 for none.</summary>
    public ulong LoaderAllocator { get; }

    /// <summary>The slot of a reference.</summary>
    /// <param name="offset">Where it lies, as the debugging library has it.</param>
    public byte SlotAt(int offset)
    {
        if (hasElementReferences)
        {
            return EdgeSlot.ArrayElement;
        }

        int within = offset - firstOffset;
        within = Type.IsArray && Type.ComponentSize > 0 ? within % Type.ComponentSize : within;
        if (!slots.TryGetValue(within, out byte slot))
        {
            slot = names.Count <= EdgeSlot.LastField ? (byte)names.Count : EdgeSlot.BeyondLastField;
            slots.Add(within, slot);
            if (slot != EdgeSlot.BeyondLastField)
            {
                names.Add(TypeDescription.FieldAt(holder, within) ?? "(field)");
            }
        }

        return slot;
    }

    /// <summary>The type as a graph has it, once all its objects have been met.</summary>
    public HeapType Describe(ProgramPackages packages) =>
        TypeDescription.Of(Type, Type.Name ?? $"(unknown type {Type.MethodTable:x})", Type.ContainsPointers || Type.IsCollectible, names.ToImmutable(), packages);
}
