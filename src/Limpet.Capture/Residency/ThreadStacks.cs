using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Capture.Residency;

/// <summary>
/// Which memory is the stacks of threads. A stack lies in the mapping that its stack pointer points into, and begins where that begins, at a
/// guard. It may end before that ends: the kernel makes one mapping of a stack and of what was mapped above it. glibc has the
/// thread's own block at the upper end.
/// </summary>
internal static class ThreadStacks
{
    /// <summary>The usual limit (<c>ulimit -s</c>), where a thread's block does not tell.</summary>
    private const ulong UsualStack = 8 * 1024 * 1024;

    public static IEnumerable<ClaimedRange> Of(IEnumerable<(ulong StackPointer, ulong ThreadBlock)> threads, IReadOnlyList<MemoryArea> areas, int rank)
    {
        foreach ((ulong pointer, ulong block) in threads)
        {
            MemoryArea? area = areas.FirstOrDefault(area => pointer >= area.Start && pointer < area.End);
            if (area is null)
            {
                continue;
            }

            ulong end = area.Name.StartsWith("[stack", StringComparison.Ordinal) ? area.End
                : block > pointer && block < area.End ? PageAfter(block)
                : pointer + UsualStack;
            yield return new ClaimedRange(area.Start, Math.Min(end, area.End), MemoryUse.Stacks, rank);
        }
    }

    /// <summary>The block is smaller than a page, and ends where the stack does.</summary>
    private static ulong PageAfter(ulong block) => ((block / PageBits.PageSize) + 1) * PageBits.PageSize;
}
