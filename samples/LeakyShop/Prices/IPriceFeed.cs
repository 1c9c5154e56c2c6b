namespace Shop;

internal interface IPriceFeed
{
    /// <summary>Price changes from now on, until the listener goes away.</summary>
    IAsyncEnumerable<PriceChanged> ListenAsync(CancellationToken cancellationToken);
}
