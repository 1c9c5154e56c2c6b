namespace OrderDesk;

/// <summary>Tells everybody in the process what is in stock.</summary>
public static class StockFeed
{
    public static event EventHandler? Changed;

    public static void Publish() => Changed?.Invoke(null, EventArgs.Empty);
}
