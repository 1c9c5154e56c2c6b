namespace Shop;

/// <summary>Something that the shop sells.</summary>
internal sealed record Product(string Sku, string Name, decimal ListPrice);
