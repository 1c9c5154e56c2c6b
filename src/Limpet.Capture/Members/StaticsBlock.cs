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

    /// <summary>
    /// The types whose references lie between <paramref name="low"/> and <paramref name="high"/>, found by their blocks: the types of which
    /// no table tells, as instantiations of a generic type that has no objects. O(bytes of writable memory that is neither a file nor
    /// the heap); each block that is found is confirmed by its type.
    /// </summary>
    public static HashSet<ulong> FindTypes(TargetMemory memory, ulong low, ulong high, IReadOnlyList<(ulong Start, ulong End)> heap)
    {
        const int ChunkWords = 1 << 17;
        const int BlockWords = 3;

        // What the loader writes to comes in small regions; larger ones are the heap's, or a buffer's.
        const ulong MaxRegion = 64UL << 20;
        var types = new HashSet<ulong>();
        ulong[] words = new ulong[ChunkWords + BlockWords];
        fixed (ulong* chunk = words)
        {
            foreach ((ulong start, ulong end) in memory.WritableRegions().Where(region =>
                region.End - region.Start <= MaxRegion && !heap.Any(segment => segment.Start < region.End && region.Start < segment.End)))
            {
                for (ulong at = start; at < end; at += ChunkWords * sizeof(ulong))
                {
                    // A block may lie across the boundary of two chunks.
                    ulong wanted = Math.Min(end - at, (ChunkWords + BlockWords - 1) * sizeof(ulong));
                    int read = (int)(memory.Read(at, chunk, (nuint)wanted) / sizeof(ulong));
                    for (int index = 0; index + BlockWords <= read; index++)
                    {
                        ulong references = chunk[index] & ~NotInitialized;
                        if (references >= low && references < high && References(memory, chunk[index + 2]) == references)
                        {
                            types.Add(chunk[index + 2]);
                        }
                    }
                }
            }
        }

        return types;
    }
}
