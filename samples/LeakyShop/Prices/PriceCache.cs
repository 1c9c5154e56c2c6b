namespace Shop;

/// <summary>
/// The last known price of each product asked for. Bounded twice: a price is good for <see cref="ShopOptions.PriceLifetime"/>,
/// and above <see cref="ShopOptions.PriceCacheCapacity"/> the one not asked for longest goes.
/// </summary>
internal sealed class PriceCache : IPriceList, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _bySku = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();
    private readonly TimeProvider _time;
    private readonly ShopOptions _options;

    public PriceCache(TimeProvider time, ShopOptions options)
    {
        _time = time;
        _options = options;
        PriceBus.Changed += OnPriceChanged;
    }

    public decimal PriceOf(Product product)
    {
        lock (_gate)
        {
            if (_bySku.TryGetValue(product.Sku, out LinkedListNode<Entry>? node) && node.Value.GoodUntil > _time.GetUtcNow())
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Price;
            }

            Store(product.Sku, product.ListPrice);
            return product.ListPrice;
        }
    }

    public void Dispose() => PriceBus.Changed -= OnPriceChanged;

    private void OnPriceChanged(object? sender, PriceChanged change)
    {
        lock (_gate)
        {
            Store(change.Sku, change.Price);
        }
    }

    private void Store(string sku, decimal price)
    {
        if (_bySku.Remove(sku, out LinkedListNode<Entry>? old))
        {
            _byUse.Remove(old);
        }

        _bySku[sku] = _byUse.AddFirst(new Entry(sku, price, _time.GetUtcNow() + _options.PriceLifetime));
        if (_byUse.Count > _options.PriceCacheCapacity && _byUse.Last is { } unused)
        {
            _bySku.Remove(unused.Value.Sku);
            _byUse.Remove(unused);
        }
    }

    private readonly record struct Entry(string Sku, decimal Price, DateTimeOffset GoodUntil);
}
