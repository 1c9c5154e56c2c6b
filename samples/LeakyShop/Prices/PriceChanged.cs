namespace Shop;

/// <summary>The price of a product from now on.</summary>
internal sealed class PriceChanged(string sku, decimal price, DateTimeOffset at) : EventArgs
{
    public string Sku { get; } = sku;

    public decimal Price { get; } = price;

    public DateTimeOffset At { get; } = at;
}
