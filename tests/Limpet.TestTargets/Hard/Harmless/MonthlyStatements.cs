using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Composes a statement per operation in lists that are cleared and used again. Statements get longer, up to 9,000 lines after 300 operations: the arrays in
/// the lists double, fourteen times, and never shrink.
/// </summary>
internal sealed class MonthlyStatements : HarmlessTarget
{
    private readonly StatementComposer _composer = new();

    public override Truth Truth => Truth.Harmless(
        "A list that is cleared keeps its capacity, which doubles with the longest statement and ends at 16,384 lines.", "framework", "Clean", "Bounded");

    protected override double Cap => StatementComposer.Capacity;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        _composer.Compose(number);
    }

    protected override double[] Measured() => [_composer.Held];
}

internal readonly record struct StatementLine(int Day, decimal Amount, string Text);

internal sealed class StatementComposer
{
    public const int Capacity = 16_384;

    private const int LinesPerOperation = 30;
    private const int MostLines = 9_000;

    private readonly List<StatementLine> _lines = [];
    private readonly List<decimal> _balances = [];

    public int Held => Math.Max(_lines.Capacity, _balances.Capacity);

    public decimal Balance => _balances[^1];

    public void Compose(int number)
    {
        _lines.Clear();
        _balances.Clear();
        decimal balance = 0;
        for (int line = 0; line < Math.Min(number * LinesPerOperation, MostLines); line++)
        {
            _lines.Add(new StatementLine(1 + (line % 31), line % 90, "card payment"));
            _balances.Add(balance += line % 90);
        }
    }
}
