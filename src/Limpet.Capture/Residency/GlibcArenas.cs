using System.Diagnostics;
using Limpet.Capture.Native;

namespace Limpet.Capture.Residency;

/// <summary>
/// Walks what glibc's <c>malloc</c> has written down in the memory that it manages. Every piece of memory (chunk) begins with its size, whose lowest bit
/// says whether the piece before it is in use; so what is free is found without any symbol. Pieces in the caches of threads, at most some hundred
/// KiB a thread, look like those in use. The format is the same in every glibc since 2.26; what is not as expected is not walked.
/// </summary>
internal sealed class GlibcArenas(TargetMemory memory, TimeSpan deadline)
{
    /// <summary>Arenas of threads begin at multiples of this.</summary>
    public const ulong HeapAlignment = 64 * 1024 * 1024;

    private const ulong FlagBits = 7;
    private const ulong PreviousInUse = 1;
    private const ulong IsMapped = 2;

    /// <summary>Size of the state that a thread's first heap begins with, since glibc 2.26.</summary>
    private const ulong ArenaState = 0x898;

    /// <summary>A fence post at the end of a heap is no room.</summary>
    private const ulong SmallestTop = 0x20;

    private readonly long began = Stopwatch.GetTimestamp();
    private readonly ChunkReader reader = new(memory);

    /// <summary>Resident bytes of the free pieces between two addresses; null where there is no unbroken row of pieces, or no time.</summary>
    /// <param name="pages">Pages of the mapping.</param>
    /// <param name="first">The first piece.</param>
    /// <param name="end">Where the last must end.</param>
    public long? FreeBytes(PageBits pages, ulong first, ulong end)
    {
        const int ChunksBetweenChecks = 4096;
        long free = 0;
        ulong previous = first;
        ulong chunk = first;
        for (int count = 1; ; count++)
        {
            if (chunk + 16 > end || !reader.TryRead(pages, chunk, out _, out ulong head) || (count % ChunksBetweenChecks == 0 && Stopwatch.GetElapsedTime(began) > deadline))
            {
                return null;
            }

            ulong size = head & ~FlagBits;
            if (size < 16 || size % 16 != 0 || size > end - chunk || (head & IsMapped) != 0)
            {
                return null;
            }

            if ((head & PreviousInUse) == 0 && chunk > first)
            {
                free += pages.Count(previous, chunk);
            }

            previous = chunk;
            chunk += size;
            if (chunk == end)
            {
                return size >= SmallestTop ? free + pages.Count(previous, end) : free;
            }
        }
    }

    /// <summary>
    /// The heap of a thread's arena that begins at an address; null when none does. Heaps that follow an arena's first begin without its state. A mapping of
    /// the program's own may begin at such an address as well: an arena says how much of its 64 MiB may be written to, and its mapping ends there, where the
    /// rest of them is reserved.
    /// </summary>
    /// <param name="pages">Pages of the mapping.</param>
    /// <param name="address">Where it may begin.</param>
    /// <param name="mappingEnd">Where the mapping ends.</param>
    public (ulong FirstChunk, ulong End, ulong MappedEnd)? HeapAt(PageBits pages, ulong address, ulong mappingEnd)
    {
        if (address % HeapAlignment != 0
            || !reader.TryRead(pages, address, out ulong arena, out ulong before)
            || !reader.TryRead(pages, address + 16, out ulong size, out ulong mapped)
            || size is 0 or > HeapAlignment || size % PageBits.PageSize != 0 || mapped < size || mapped > HeapAlignment || mapped % PageBits.PageSize != 0
            || before % HeapAlignment != 0
            || (mapped == HeapAlignment ? mappingEnd - address < mapped : mappingEnd - address != mapped))
        {
            return null;
        }

        ulong offset = arena % HeapAlignment; // behind the heap's own head, which has grown by two words in glibc 2.35
        if (offset is not (0x20 or 0x30))
        {
            return null;
        }

        ulong first = arena == address + offset ? offset + ArenaState : offset;
        return (address + ((first + 15) / 16 * 16), address + size, address + mapped);
    }

    /// <summary>The end of a piece that has a mapping of its own and begins at an address; null when none does.</summary>
    public ulong? MappedChunkAt(PageBits pages, ulong address, ulong end)
    {
        if (!pages.IsResident(address) || !reader.TryRead(pages, address, out ulong before, out ulong head))
        {
            return null;
        }

        ulong size = head & ~FlagBits;
        return (head & FlagBits) == IsMapped && before < PageBits.PageSize && size >= PageBits.PageSize && size % PageBits.PageSize == 0 && size <= end - address ? address + size : null;
    }
}
