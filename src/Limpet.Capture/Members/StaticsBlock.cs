using Limpet.Capture.Native;

namespace Limpet.Capture.Members;

/// <summary>
/// Where the static fields of a type lie, since .NET 9: before the type's auxiliary data stand the address of its references, that of
/// its other statics, and the type itself once more. Source: <c>DynamicStaticsInfo</c> in <c>methodtable.h</c> of the runtime.
/// </summary>
internal static unsafe class StaticsBlock
{
    private const int AuxiliaryDataOffset = 0x20;
    private const ulong NotInitialized = 1;

    /// <summary>Where the references begin: 0 when the type has none or was not used yet; null when it has no statics at all.</summary>
    public static ulong? References(TargetMemory memory, ulong methodTable)
    {
        ulong* block = stackalloc ulong[3];
        return memory.TryRead(methodTable + AuxiliaryDataOffset, out ulong auxiliary)
            && auxiliary > 0x10000
            && memory.Read(auxiliary - 24, block, 24) == 24
            && block[2] == methodTable
            ? block[0] & ~NotInitialized
            : null;
    }
}
