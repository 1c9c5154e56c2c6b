using System.Numerics;

namespace Limpet.Capture.Residency;

/// <summary>Which pages of a mapping are in memory: a bit a page, so 1/32,768 of what is mapped.</summary>
internal sealed class PageBits
{
    public const int PageSize = 4096;
    private readonly ulong start;
    private readonly ulong end;
    private readonly ulong[] bits;
    private readonly double share;

    /// <param name="start">Address of the first page.</param>
    /// <param name="end">Address behind the last.</param>
    /// <param name="bits">A bit for each, in memory or not.</param>
    public PageBits(ulong start, ulong end, ulong[] bits)
        : this(start, end, bits, 0)
    {
    }

    private PageBits(ulong start, ulong end, ulong[] bits, double share) => (this.start, this.end, this.bits, this.share) = (start, end, bits, share);

    /// <summary>Whether pages are known one by one; else each is taken to be in memory to the same share.</summary>
    public bool IsExact => share == 0;

    /// <summary>Where it is not known which pages they are.</summary>
    public static PageBits Evenly(ulong start, ulong end, long resident) => new(start, end, [], Math.Min(1, Math.Max(double.Epsilon, (double)resident / (end - start))));

    /// <summary>Whether the page of an address is in memory; where that is not known, it is taken to be.</summary>
    public bool IsResident(ulong address) => address >= start && address < end && (!IsExact || HasPage((long)((address - start) / PageSize)));

    /// <summary>Bytes of a stretch that are in memory.</summary>
    public long Count(ulong from, ulong to)
    {
        from = Math.Max(from, start);
        to = Math.Min(to, end);
        if (to <= from)
        {
            return 0;
        }

        if (!IsExact)
        {
            return (long)((to - from) * share);
        }

        long first = (long)((from - start) / PageSize);
        long last = (long)((to - 1 - start) / PageSize);
        if (first == last)
        {
            return HasPage(first) ? (long)(to - from) : 0;
        }

        long head = HasPage(first) ? PageSize - (long)((from - start) % PageSize) : 0;
        long tail = HasPage(last) ? (long)((to - 1 - start) % PageSize) + 1 : 0;
        return head + (Pages(first + 1, last) * PageSize) + tail;
    }

    private bool HasPage(long page) => (bits[page >> 6] & (1UL << (int)(page & 63))) != 0;

    private long Pages(long page, long behind)
    {
        long pages = 0;
        for (; page < behind && (page & 63) != 0; page++)
        {
            pages += HasPage(page) ? 1 : 0;
        }

        for (; page + 64 <= behind; page += 64)
        {
            pages += BitOperations.PopCount(bits[page >> 6]);
        }

        for (; page < behind; page++)
        {
            pages += HasPage(page) ? 1 : 0;
        }

        return pages;
    }
}
