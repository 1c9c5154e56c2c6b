namespace Shop;

/// <summary>An order at the prices of this moment. It follows the market until it is disposed.</summary>
internal sealed class OrderView : IDisposable
{
    private readonly Order _order;
    private readonly OrderLineView[] _lines;

    public OrderView(Order order, IProductCatalog catalog, IPriceList prices)
    {
        _order = order;
        _lines = [.. order.Lines
            .Select(line => (Product: catalog.Find(line.Sku), line.Quantity))
            .Where(line => line.Product is not null)
            .Select(line => new OrderLineView(line.Product!, line.Quantity, prices.PriceOf(line.Product!)))];
        PriceBus.Changed += OnPriceChanged;
    }

    public OrderReply ToReply() =>
        new(_order.Id, _order.Customer, _order.PlacedAt, [.. _lines.Select(line => line.Text)], _lines.Sum(line => line.Total));

    public void Dispose() => PriceBus.Changed -= OnPriceChanged;

    private void OnPriceChanged(object? sender, PriceChanged change)
    {
        foreach (OrderLineView line in _lines)
        {
            if (line.Sku == change.Sku)
            {
                line.Reprice(change.Price);
            }
        }
    }
}
