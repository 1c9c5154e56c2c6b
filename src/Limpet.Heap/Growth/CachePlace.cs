namespace Limpet.Heap.Growth;

/// <summary>Where a path lies in a cache.</summary>
/// <param name="Cache">What is known of the cache.</param>
/// <param name="Begin">Id of the path with which it begins.</param>
/// <param name="Entry">Id of the path of the entries, which this is or is a part of; 0 for what lies before the entries.</param>
/// <typeparam name="TCache">What is known of a cache.</typeparam>
internal sealed record CachePlace<TCache>(TCache Cache, ulong Begin, ulong Entry)
    where TCache : class
{
    /// <summary>The entries that a path of this place is, or is a part of; null where their number never changed.</summary>
    public PathSeries? EntriesOf(PathSeries series, PathGrowth growth) => Entry == 0 ? series : growth.Find(Entry);
}
