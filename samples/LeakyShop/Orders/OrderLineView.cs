using System.Globalization;

namespace Shop;

/// <summary>One line of an order at the price of this moment.</summary>
internal sealed class OrderLineView
{
    private readonly Product _product;
    private readonly int _quantity;

    public OrderLineView(Product product, int quantity, decimal price)
    {
        _product = product;
        _quantity = quantity;
        Text = "";
        Reprice(price);
    }

    public string Sku => _product.Sku;

    public decimal Total { get; private set; }

    public string Text { get; private set; }

    public void Reprice(decimal price)
    {
        Total = price * _quantity;
        Text = string.Create(CultureInfo.InvariantCulture, $"{_quantity} × {_product.Name} at {price:0.00} EUR: {Total:0.00} EUR");
    }
}
