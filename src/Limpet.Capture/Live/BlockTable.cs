using System.Runtime.CompilerServices;
using Limpet.Capture.Native;
using Limpet.Results;

namespace Limpet.Capture.Live;

/// <summary>
/// Turns an address into a granule (8 bytes of heap) with one load: the address space is cut into blocks of 4 MiB, and those that
/// hold heap are numbered in address order. A granule fits in 32 bits up to 32 GiB of heap.
/// Memory: 128 MiB of address space, of which only the pages around the heap are ever touched.
/// </summary>
internal sealed unsafe class BlockTable : IDisposable
{
    public const int BlockShift = 22;
    private const int GranuleShift = BlockShift - 3;
    private const ulong GranuleMask = (1UL << GranuleShift) - 1;
    private const int AddressBits = 47;
    private const int MaxBlocks = 1 << (32 - GranuleShift);
    private readonly NativeArena arena = new((1L << (AddressBits - BlockShift)) * sizeof(ushort));
    private readonly List<ulong> used = [];

    /// <summary>Number of the block plus one, by block; 0 where there is no heap.</summary>
    public ushort* Table => (ushort*)arena.Pointer;

    public int BlockCount => used.Count;

    /// <summary>Words of the bitmap of all blocks.</summary>
    public long BitmapWords => (long)used.Count << (GranuleShift - 6);

    public void Assign(IEnumerable<(ulong Start, ulong End)> segments)
    {
        foreach (ulong block in used)
        {
            Table[block] = 0;
        }

        used.Clear();
        foreach ((ulong start, ulong end) in segments.OrderBy(segment => segment.Start))
        {
            if (end > 1UL << AddressBits || start >= end)
            {
                throw new InvalidDataException($"the heap has a segment from {start:x} to {end:x}, outside the address space");
            }

            for (ulong block = start >> BlockShift; block <= (end - 1) >> BlockShift; block++)
            {
                if (Table[block] == 0)
                {
                    used.Add(block);
                    if (used.Count >= MaxBlocks)
                    {
                        throw new LimpetException(Trouble.Refused, $"The heap spans more than {MaxBlocks} blocks of 4 MiB (32 GiB), more than a live capture can address. Capture a smaller process.");
                    }

                    Table[block] = (ushort)used.Count;
                }
            }
        }
    }

    /// <summary>The granule of an address that lies in the heap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GranuleOf(ulong address) => ((long)(Table[address >> BlockShift] - 1) << GranuleShift) | (long)((address >> 3) & GranuleMask);

    /// <summary>The granule of what a reference points to; false when it points outside the heap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryGranule(ushort* table, ulong address, out uint granule)
    {
        uint block = address >> AddressBits == 0 ? table[address >> BlockShift] : 0u;
        granule = ((block - 1) << GranuleShift) | (uint)((address >> 3) & GranuleMask);
        return block != 0;
    }

    public void Dispose() => arena.Dispose();
}
