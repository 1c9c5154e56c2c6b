namespace Limpet.Heap.Paths;

/// <summary>How long the caches on one path were told to keep their entries, as it stood when the heap was read.</summary>
public readonly record struct StatedExpiry
{
    /// <summary>Their entries that expire within a day.</summary>
    public required long Expiring { get; init; }

    /// <summary>Those that do not, be it that they are told a later time or none.</summary>
    public required long Staying { get; init; }

    /// <summary>Those that had expired, and had not been taken out yet.</summary>
    public required long Expired { get; init; }

    /// <summary>Those that were made, or where nothing else ends their life used, only now: within two seconds, and a quarter of their life.</summary>
    public required long Fresh { get; init; }

    /// <summary>After what time nine of ten have expired, used no more; negative where they had.</summary>
    public required TimeSpan Most { get; init; }

    /// <summary>After what time the first one expires; negative, and how long ago that was, where one had expired.</summary>
    public required TimeSpan First { get; init; }

    /// <summary>How often a cache looks for expired ones at least.</summary>
    public required TimeSpan ScanPeriod { get; init; }
}
