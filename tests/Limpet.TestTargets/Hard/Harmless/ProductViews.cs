using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Shows a product per operation. What the view layer knows of a product hangs on it by a ConditionalWeakTable, and rendered pages
/// are remembered by weak references, which are cleared out every 64 pages.
/// </summary>
internal sealed class ProductViews : HarmlessTarget
{
    private readonly ProductPages _pages = new();

    public override Truth Truth => Truth.Harmless(
        "Weak tables hold nothing: the notes go with their product, and dead references are removed every 64 pages.", "framework", "Clean");

    protected override double Cap => ProductPages.WindowSize;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_pages.Show(new ShopProduct(number, $"Product {number}")));
}

internal sealed record ShopProduct(int Number, string Name);

/// <summary>It refers to its product: a plain dictionary would keep both.</summary>
internal sealed class ViewNotes(ShopProduct product)
{
    private readonly byte[] _layout = new byte[600];

    public ShopProduct Product { get; } = product;

    public int Width => _layout.Length;
}

internal sealed record ProductPage(ShopProduct Product, string Html);

internal sealed class ProductPages
{
    public const int WindowSize = 5;

    private const int PruneEvery = 64;

    private readonly ConditionalWeakTable<ShopProduct, ViewNotes> _notes = new();
    private readonly Dictionary<int, WeakReference<ProductPage>> _rendered = [];
    private readonly ProductPage?[] _window = new ProductPage?[WindowSize];
    private int _shown;

    public ProductPage Show(ShopProduct product)
    {
        ViewNotes notes = _notes.GetValue(product, static shown => new ViewNotes(shown));
        ProductPage page = new(product, $"<h1 width={notes.Width}>{product.Name}</h1>");
        _rendered[product.Number] = new WeakReference<ProductPage>(page);
        _window[_shown++ % WindowSize] = page;
        if (_shown % PruneEvery == 0)
        {
            foreach (int dead in _rendered.Where(pair => !pair.Value.TryGetTarget(out _)).Select(pair => pair.Key).ToArray())
            {
                _rendered.Remove(dead);
            }
        }

        return page;
    }
}
