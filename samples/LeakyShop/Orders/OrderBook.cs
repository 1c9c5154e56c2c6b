namespace Shop;

/// <summary>The orders of the day, in memory; above <see cref="ShopOptions.OrdersKept"/> the oldest goes.</summary>
internal sealed class OrderBook : IOrderBook
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Order> _orders = [];
    private readonly TimeProvider _time;
    private readonly ShopOptions _options;
    private int _lastId;

    public OrderBook(IProductCatalog catalog, TimeProvider time, ShopOptions options)
    {
        _time = time;
        _options = options;
        string[] customers = ["Amina Diallo", "Bram de Vries", "Chiara Conti", "Deniz Kaya", "Eva Novak"];
        for (int i = 0; i < 20; i++)
        {
            Place(new NewOrder(
                customers[i % customers.Length],
                [.. Enumerable.Range(i, 7).Select(n => new OrderLine(catalog.All[n % catalog.All.Count].Sku, 1 + (n % 3)))]));
        }
    }

    public IReadOnlyList<Order> Latest(int count)
    {
        lock (_gate)
        {
            return [.. _orders.Values.Reverse().Take(count)];
        }
    }

    public Order? Find(int id)
    {
        lock (_gate)
        {
            return _orders.GetValueOrDefault(id);
        }
    }

    public Order Place(NewOrder order)
    {
        lock (_gate)
        {
            Order placed = new(++_lastId, order.Customer, _time.GetUtcNow(), order.Lines);
            _orders.Add(placed.Id, placed);
            if (_orders.Count > _options.OrdersKept)
            {
                _orders.Remove(_orders.Keys.First());
            }

            return placed;
        }
    }
}
