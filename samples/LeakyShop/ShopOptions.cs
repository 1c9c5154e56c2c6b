namespace Shop;

/// <summary>What an operator of the shop may set, in the section <c>Shop</c> of the configuration.</summary>
internal sealed record ShopOptions
{
    /// <summary>Closes every order view after the reply. Off by default: that is the leak this sample is about.</summary>
    public bool Fixed { get; init; }

    /// <summary>Time between two price changes.</summary>
    public TimeSpan PriceInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a cached price is good for.</summary>
    public TimeSpan PriceLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Prices cached at most; the one not asked for longest goes first.</summary>
    public int PriceCacheCapacity { get; init; } = 64;

    /// <summary>Orders kept at most; the oldest goes first.</summary>
    public int OrdersKept { get; init; } = 1_000;
}
