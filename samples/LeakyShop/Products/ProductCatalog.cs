using System.Collections.Frozen;

namespace Shop;

/// <summary>The products on sale. They are fixed while the shop is open; only prices move.</summary>
internal sealed class ProductCatalog : IProductCatalog
{
    private readonly FrozenDictionary<string, Product> _bySku;

    public ProductCatalog()
    {
        All =
        [
            new("CUP-6", "Espresso cups, set of six", 24.90m),
            new("KTL-1", "Gooseneck kettle, brushed steel", 79.00m),
            new("GRD-2", "Hand grinder with steel burrs", 119.50m),
            new("FLT-100", "Paper filters, pack of one hundred", 6.40m),
            new("SCL-1", "Scale with timer, 0.1 g", 49.00m),
            new("BEA-250", "House blend, 250 g", 9.80m),
            new("BEA-1000", "House blend, 1 kg", 34.00m),
            new("DRP-1", "Porcelain dripper", 28.00m),
            new("SRV-600", "Glass server, 600 ml", 22.50m),
            new("TMP-58", "Tamper, 58 mm", 39.90m),
            new("JUG-350", "Milk jug, 350 ml", 18.00m),
            new("CLN-1", "Cleaning powder, 500 g", 14.20m),
        ];
        _bySku = All.ToFrozenDictionary(product => product.Sku, StringComparer.Ordinal);
    }

    public IReadOnlyList<Product> All { get; }

    public Product? Find(string sku) => _bySku.GetValueOrDefault(sku);
}
