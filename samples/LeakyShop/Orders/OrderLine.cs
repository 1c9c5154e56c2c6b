namespace Shop;

internal sealed record OrderLine(string Sku, int Quantity);
