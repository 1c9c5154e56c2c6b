namespace OrderDesk;

/// <summary>Shows what is in stock. It forgets to leave the feed when it is closed: this is the leak.</summary>
public sealed class StockPanel : IDisposable
{
    private readonly byte[] _picture = new byte[4096];

    public StockPanel() => StockFeed.Changed += OnChanged;

    public int Refreshes { get; private set; }

    public void Dispose() => Array.Clear(_picture);

    private void OnChanged(object? sender, EventArgs change) => Refreshes++;
}
