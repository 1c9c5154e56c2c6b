namespace Limpet.Heap.Paths;

/// <summary>A hash of names that is the same in every process: FNV-1a over UTF-16 units, with a mixing step where hashes are joined.</summary>
internal static class StableHash
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(string text)
    {
        ulong hash = OffsetBasis;
        foreach (char unit in text)
        {
            hash = (hash ^ unit) * Prime;
        }

        return hash;
    }

    public static ulong Join(ulong left, ulong right)
    {
        ulong hash = (left * 0x9E3779B97F4A7C15) ^ (right + 0x632BE59BD9B4E019);
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return hash ^ (hash >> 32);
    }
}
