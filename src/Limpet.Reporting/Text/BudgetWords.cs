using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Budgets in words.</summary>
internal static class BudgetWords
{
    /// <summary>Whether it held: <c>kept</c>, <c>broken</c>, <c>not measured</c>.</summary>
    public static (Ink Ink, string Word) State(BudgetResult budget) =>
        budget.Broken ? (Ink.Bad, "broken") : budget.Measured is null ? (Ink.Doubt, "not measured") : (Ink.Plain, "kept");

    /// <summary>What was measured, in the unit of the budget.</summary>
    public static string Measured(BudgetResult budget) => budget.Measured is { } value ? Show(budget.Name, value) : "(not measured)";

    /// <summary>What is allowed.</summary>
    public static string Limit(BudgetResult budget) => Show(budget.Name, budget.Limit);

    /// <summary>One budget on a line of text.</summary>
    public static string Line(TextPage page, BudgetResult budget)
    {
        (Ink ink, string word) = State(budget);
        string figures = budget.Measured is null ? $"{Limit(budget)} allowed" : $"{Measured(budget)} of {Limit(budget)}";
        return $"{Words.Name(budget.Name)}: {page.Paint(ink, word)}, {figures}";
    }

    private static string Show(string name, double value) => name switch
    {
        "max-rss" or "max-growth-per-phase" => Words.Bytes(value),
        "return-to-baseline" => value.ToString("0.#", CultureInfo.InvariantCulture) + " %",
        _ => Words.Count(value),
    };
}
