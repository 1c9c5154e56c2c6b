namespace Shop;

internal sealed record ProductReply(string Sku, string Name, decimal Price);
