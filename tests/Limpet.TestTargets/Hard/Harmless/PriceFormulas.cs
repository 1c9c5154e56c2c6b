using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Prices by formulas that sales people write. Each is compiled when it is first used and kept; a new one is written every fifth operation, until there
/// are 64.
/// </summary>
internal sealed class PriceFormulas : HarmlessTarget
{
    private const int OperationsPerFormula = 5;

    private readonly FormulaBook _book = new();

    public override Truth Truth => Truth.Harmless(
        "There are 64 formulas, each compiled to a dynamic method once.", "framework", "Clean", "Bounded");

    protected override double Cap => FormulaBook.Formulas;

    protected override int CheckedOperations => 331;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        int known = Math.Min(1 + (number / OperationsPerFormula), FormulaBook.Formulas);
        Subjects.Add(_book.Price(known - 1, number));
        Subjects.Add(_book.Price(number % known, number));
    }
}

internal sealed class FormulaBook
{
    public const int Formulas = 64;

    private readonly Dictionary<string, Func<double, double>> _compiled = [];

    public double LastPrice { get; private set; }

    /// <summary>Prices and returns the formula that it was done by.</summary>
    public Delegate Price(int formula, int quantity)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"* {1 + (formula / 100.0)} + {formula}");
        if (!_compiled.TryGetValue(text, out Func<double, double>? compiled))
        {
            compiled = Compile(text);
            _compiled.Add(text, compiled);
        }

        LastPrice = compiled(quantity);
        return compiled;
    }

    private static Func<double, double> Compile(string text)
    {
        ParameterExpression quantity = Expression.Parameter(typeof(double), "quantity");
        Expression body = quantity;
        string[] words = text.Split(' ');
        for (int word = 0; word < words.Length; word += 2)
        {
            Expression operand = Expression.Constant(double.Parse(words[word + 1], CultureInfo.InvariantCulture));
            body = words[word] == "*" ? Expression.Multiply(body, operand) : Expression.Add(body, operand);
        }

        return Expression.Lambda<Func<double, double>>(body, quantity).Compile();
    }
}
