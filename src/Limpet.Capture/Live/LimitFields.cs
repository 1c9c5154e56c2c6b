using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Where channels, collections and caches keep how much they were told to hold at most, and for how long: what is in them is bounded, be they as good as empty.</summary>
internal static class LimitFields
{
    private const int HeaderPointer = 8;

    private static readonly Known[] s_known =
    [
        new("System.Threading.Channels.BoundedChannel<", "_bufferedCapacity", FactKind.Limit, sizeof(int)),
        new("System.Collections.Concurrent.BlockingCollection<", "_boundedCapacity", FactKind.Limit, sizeof(int)),
        new("Microsoft.Extensions.Caching.Memory.MemoryCacheOptions", "_sizeLimit", FactKind.Limit, sizeof(long)),
        new("Microsoft.Extensions.Caching.Memory.MemoryCacheOptions", "<ExpirationScanFrequency>k__BackingField", FactKind.ScanPeriod, sizeof(long)),
        new("Microsoft.Extensions.Caching.Memory.MemoryCache+CoherentState", "_cacheSize", FactKind.Taken, sizeof(long)),
        new("Microsoft.Extensions.Caching.Memory.CacheEntry", "_absoluteExpirationTicks", FactKind.ExpiresAt, sizeof(long)),
        new("Microsoft.Extensions.Caching.Memory.CacheEntry", "_absoluteExpirationRelativeToNow", FactKind.Lifetime, sizeof(long)),
        new("Microsoft.Extensions.Caching.Memory.CacheEntry", "_slidingExpiration", FactKind.ExpiresUnused, sizeof(long)),
        new("Microsoft.Extensions.Caching.Memory.CacheEntry", "<LastAccessed>k__BackingField", FactKind.LastUsed, sizeof(long)),
    ];

    /// <summary>Where objects of a type keep such numbers; none for a type that keeps none.</summary>
    /// <param name="type">The type.</param>
    /// <param name="offsetOf">Finds a field that a type declares, counted from the first one; null when it is not there.</param>
    public static LimitPlace[] PlacesIn(ClrType type, Func<ulong, string, int?> offsetOf) =>
        [.. NamedTypes.WithBases(type).SelectMany(part => s_known
            .Where(known => NamedTypes.Is(part.Name, known.Type))
            .Select(known => (Known: known, Offset: offsetOf(part.Type.MethodTable, known.Field)))
            .Where(found => found.Offset is not null)
            .Select(found => new LimitPlace(found.Known.Kind, found.Offset!.Value + HeaderPointer, found.Known.Bytes)))];

    private sealed record Known(string Type, string Field, FactKind Kind, int Bytes);
}
