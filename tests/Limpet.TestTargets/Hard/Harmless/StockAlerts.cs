using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Opens a view on an article per operation. It subscribes two events of the stock, which lives as long as the program, and takes its
/// handlers off when it is closed, which happens ten operations later.
/// </summary>
internal sealed class StockAlerts : HarmlessTarget
{
    private const int OpenViews = 10;

    private static readonly Warehouse s_warehouse = new();

    private readonly Queue<ArticleView> _open = new();

    public override Truth Truth => Truth.Harmless(
        "Views unsubscribe when they are closed, ten operations after they were opened.", "own", "Clean");

    protected override double Cap => OpenViews;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        ArticleView view = new(number, s_warehouse);
        Subjects.Add(view);
        _open.Enqueue(view);
        s_warehouse.Count(number);
        if (_open.Count > OpenViews)
        {
            _open.Dequeue().Dispose();
        }
    }
}

internal sealed class Warehouse
{
    private const int ChecksumIterations = 2_000;

    public event EventHandler<int>? StockChanged;

    public event Action<byte[]>? Audited;

    public void Count(int article)
    {
        StockChanged?.Invoke(this, article);
        Audited?.Invoke(Rfc2898DeriveBytes.Pbkdf2(BitConverter.GetBytes(article), "stocktaking"u8, ChecksumIterations, HashAlgorithmName.SHA256, 16));
    }
}

internal sealed class ArticleView : IDisposable
{
    private readonly Warehouse _warehouse;
    private readonly int _article;

    public ArticleView(int article, Warehouse warehouse)
    {
        _article = article;
        _warehouse = warehouse;
        warehouse.StockChanged += Refresh;
        warehouse.Audited += Stamp;
    }

    public int Changes { get; private set; }

    public byte[] Seal { get; private set; } = [];

    public void Dispose()
    {
        _warehouse.StockChanged -= Refresh;
        _warehouse.Audited -= Stamp;
    }

    private void Refresh(object? sender, int article) => Changes += article == _article ? 1 : 0;

    private void Stamp(byte[] seal) => Seal = seal;
}
