namespace Limpet.Heap.Paths;

/// <summary>How long the caches on one path were told to keep their entries, as it stood when the heap was read.</summary>
public readonly record struct StatedExpiry
{
    /// <summary>How many caches there are.</summary>
    public required long Caches { get; init; }

    /// <summary>Their entries that expire.</summary>
    public required long Expiring { get; init; }

    /// <summary>Those that never do.</summary>
    public required long Never { get; init; }

    /// <summary>Those that had expired, and had not been taken out yet.</summary>
    public required long Expired { get; init; }

    /// <summary>After what time the last one expires, used no more; negative where it had expired.</summary>
    public required TimeSpan Last { get; init; }

    /// <summary>After what time half of them have.</summary>
    public required TimeSpan Median { get; init; }

    /// <summary>After what time the first one expires; negative, and how long ago that was, where one had expired.</summary>
    public required TimeSpan First { get; init; }

    /// <summary>How often a cache looks for expired ones at least.</summary>
    public required TimeSpan ScanPeriod { get; init; }
}
