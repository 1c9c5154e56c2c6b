using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Html;

/// <summary>What stands at the end of every report, and what hunt and watch have in common.</summary>
internal static class HtmlNotes
{
    /// <summary>What could not be seen, environment and origin.</summary>
    public static void Write(HtmlPage page, JudgedResult result)
    {
        List(page, "Not seen", null, result.BlindSpots);
        if (!result.Environment.IsEmpty)
        {
            using (page.In("section"))
            {
                page.Tag("h2", null, "Environment");
                HtmlTable.Facts(page, result.Environment.Select(fact => (Words.Name(fact.Key), Words.Name(fact.Value))));
            }
        }

        page.Tag("footer", "faint", FormattableString.Invariant($"{result.Tool.Name} {result.Tool.Version}, begun {result.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {result.DurationSeconds:0.0} s. Whoever reads this file reads names of the program; secrets are taken out by name and shape, which cannot know every one."));
    }

    /// <summary>Things to know beside the findings.</summary>
    public static void Warnings(HtmlPage page, JudgedResult result) => List(page, "Warnings", "doubt", result.Warnings);

    /// <summary>The budgets that were stated.</summary>
    public static void Budgets(HtmlPage page, JudgedResult result) => HtmlTable.Write(
        page,
        "Budgets",
        ["budget", "state", "measured", "allowed"],
        result.Budgets.Select(budget =>
        {
            (Ink ink, string word) = BudgetWords.State(budget);
            HtmlCell[] cells = [new(Words.Name(budget.Name)), new(word, InkClass.Of(ink)), HtmlCell.Of(budget.Measured, BudgetWords.Measured(budget)), HtmlCell.Of(budget.Limit, BudgetWords.Limit(budget))];
            return (budget.Broken ? "leaks" : null, cells);
        }));

    private static void List(HtmlPage page, string heading, string? classes, IReadOnlyCollection<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        using (page.In("section", classes))
        {
            page.Tag("h2", null, heading);
            using (page.In("ul"))
            {
                foreach (string item in items)
                {
                    page.Tag("li", null, Words.Sentence(item));
                }
            }
        }
    }
}
