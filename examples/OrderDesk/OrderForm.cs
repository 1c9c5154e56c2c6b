namespace OrderDesk;

/// <summary>Shows what is in stock, and leaves the feed when it is closed.</summary>
public sealed class OrderForm : IDisposable
{
    public OrderForm() => StockFeed.Changed += OnChanged;

    public int Refreshes { get; private set; }

    public void Dispose() => StockFeed.Changed -= OnChanged;

    private void OnChanged(object? sender, EventArgs change) => Refreshes++;
}
