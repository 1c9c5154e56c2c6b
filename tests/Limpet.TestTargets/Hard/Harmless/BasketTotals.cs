using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Remembers the total of a basket, so that nobody computes it twice. A total is wrong when prices change, and they do with every 60th operation:
/// then all are dropped.
/// </summary>
internal sealed class BasketTotals : HarmlessTarget
{
    private const int PricesChangeEvery = 60;
    private const int BasketsPerOperation = 2;

    private readonly TotalsMemo _totals = new();

    public override Truth Truth => Truth.Harmless(
        "All totals are dropped with every 60th operation.", "own", "Clean");

    protected override double Cap => PricesChangeEvery * BasketsPerOperation;

    /// <summary>Each stretch ends at the same point of the saw-tooth.</summary>
    protected override int CheckedOperations => 300;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        if (number % PricesChangeEvery == 0)
        {
            _totals.PricesChanged();
        }

        for (int basket = 0; basket < BasketsPerOperation; basket++)
        {
            Subjects.Add(_totals.Of(new BasketKey(number, basket)));
        }
    }
}

internal sealed record BasketKey(int Customer, int Basket);

internal sealed record BasketTotal(decimal Net, decimal Tax, string[] Positions);

internal sealed class TotalsMemo
{
    private readonly Dictionary<BasketKey, BasketTotal> _totals = [];

    public BasketTotal Of(BasketKey key)
    {
        if (!_totals.TryGetValue(key, out BasketTotal? total))
        {
            total = new BasketTotal(key.Customer * 3, key.Customer * 0.57m, [$"position of {key.Customer}", $"position of {key.Basket}"]);
            _totals.Add(key, total);
        }

        return total;
    }

    public void PricesChanged() => _totals.Clear();
}
