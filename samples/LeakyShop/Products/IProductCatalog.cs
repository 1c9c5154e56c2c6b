namespace Shop;

internal interface IProductCatalog
{
    IReadOnlyList<Product> All { get; }

    Product? Find(string sku);
}
