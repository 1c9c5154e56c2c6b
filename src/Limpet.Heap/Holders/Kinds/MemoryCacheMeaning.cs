namespace Limpet.Heap.Holders.Kinds;

/// <summary>Entries of a MemoryCache of Microsoft.Extensions.Caching.Memory.</summary>
internal sealed class MemoryCacheMeaning : MemberTable
{
    private const string Entry = "Microsoft.Extensions.Caching.Memory.CacheEntry";

    public MemoryCacheMeaning()
        : base("Microsoft.Extensions.Caching.Memory.")
    {
        Inside("MemoryCache", "_coherentState", "cache entries");
        Inside("MemoryCache", "_entries", "cache entries"); // 6.0 and before
        Inside("MemoryCache.CoherentState", "_entries|_stringEntries|_nonStringEntries", "cache entries");
        Holds("CacheEntry", "_value", "cache entry");
        Holds("CacheEntry", "<Value>k__BackingField", "cache entry");
        Holds("CacheEntry", "<Key>k__BackingField", "key of a cache entry");
        Inside("CacheEntry", "_tokens", "callbacks and tokens of a cache entry");
        InsideAs("CacheEntry.CacheEntryTokens", "_expirationTokens|_expirationTokenRegistrations", "expiration token of a cache entry");
        InsideAs("CacheEntry.CacheEntryTokens", "_postEvictionCallbacks", "eviction callback of a cache entry");
        InsideAs("CacheEntry", "_cache", "cache that the entry is in");
    }

    /// <inheritdoc />
    public override HolderStep? Read(TracePath path, int position) =>
        path.TypeAt(position + 1).Name == Entry && position + 1 < path.Nodes.Length - 1
            && path.TypeAt(position).Name.StartsWith("System.Collections.Concurrent.ConcurrentDictionary<", StringComparison.Ordinal)
            ? HolderStep.Inside("cache entry")
            : base.Read(path, position);
}
