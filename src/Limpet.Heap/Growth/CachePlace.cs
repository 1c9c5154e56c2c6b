namespace Limpet.Heap.Growth;

/// <summary>Where a path lies in a cache.</summary>
/// <param name="Cache">What is known of the cache.</param>
/// <param name="Begin">Id of the path with which it begins.</param>
/// <param name="Entry">Id of the path of the entries, which this is or is a part of; 0 for what lies before the entries.</param>
/// <typeparam name="TCache">What is known of a cache.</typeparam>
internal sealed record CachePlace<TCache>(TCache Cache, ulong Begin, ulong Entry)
    where TCache : class
{
    /// <summary>What comes without an entry, or without what the cache counts as one, in more than this share is no part of the entries: another holder may let go of one now and then, and the cache hold it on.</summary>
    public const double MostAlone = 0.1;

    /// <summary>Objects between the entries and what comes are of the entries where they come with at least every tenth: few of them that get larger are not.</summary>
    private const double LeastSpread = 0.1;

    /// <summary>The entries that a path of this place is, or is a part of; null where their number never changed.</summary>
    public PathSeries? EntriesOf(PathSeries series, PathGrowth growth) => Entry == 0 ? series : growth.Find(Entry);

    /// <summary>Whether what comes on a path comes with entries, and with many of them.</summary>
    public bool ComesWith(PathSeries series, PathSeries entries, PathGrowth growth) =>
        Company.Has(series.Counts, entries.Counts, MostAlone)
        && growth.StepsTo(series.Id).SkipWhile(step => step.Id != Entry).Skip(1).SkipLast(1)
            .All(step => growth.Find(step.Id) is { } between && between.CountGrowth >= LeastSpread * entries.CountGrowth);

    /// <summary>Bytes of the cache and of what it holds in a round.</summary>
    public double BytesIn(PathGrowth growth, int round) => growth.Rounds[round].Paths.TryFind(Begin, out int index) ? growth.Rounds[round].Paths.SubtreeBytesOf(index) : 0;
}
