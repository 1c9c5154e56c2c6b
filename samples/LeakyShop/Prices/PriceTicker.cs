namespace Shop;

/// <summary>The market: moves one price at a time, by up to five percent around the list price.</summary>
internal sealed class PriceTicker(IProductCatalog catalog, TimeProvider time, ShopOptions options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.PriceInterval, time);
        for (int tick = 0; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            Product product = catalog.All[tick % catalog.All.Count];
            decimal factor = 1m + (((tick * 7 % 11) - 5) / 100m);
            PriceBus.Publish(this, new PriceChanged(product.Sku, decimal.Round(product.ListPrice * factor, 2), time.GetUtcNow()));
        }
    }
}
