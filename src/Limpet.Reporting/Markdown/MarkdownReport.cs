using System.Text;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Reporting.Markdown;

/// <summary>
/// Writes a judged result as Markdown for a comment on a pull request or the summary of a job: the verdict, a table of the findings, and what each rests on folded
/// away. It is kept below the length that servers accept of a comment; what had no room is counted.
/// </summary>
public static class MarkdownReport
{
    /// <summary>Characters that a report has at most. GitHub takes 65,536 in a comment.</summary>
    public const int MostCharacters = 60_000;

    private const int MostRows = 25;
    private const int MostNotes = 10;

    /// <summary>What tables and lists may fill, so that there is room for details: names may be made to be long when they are escaped.</summary>
    private const int RoomForTables = MostCharacters / 2;

    /// <summary>No sentence or name may take the room of all others.</summary>
    private const int LongestCell = 300;

    /// <summary>The report as text.</summary>
    /// <param name="result">The result, of a hunt or a watch.</param>
    /// <param name="next">The command to run next; null for none.</param>
    public static string Write(JudgedResult result, NextCommand? next = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        StringBuilder text = new();
        text.Append($"### {Sign(result.Verdict)} {ReportWords.Command(result)}: {result.Verdict}\n\n");
        text.Append($"{MarkdownText.Of(Escaping.Show(result.Reason, LongestCell))}\n\n");
        text.Append($"{MarkdownText.Of(ReportWords.Work(result))}\n");
        Findings(text, result);
        Phases(text, result as WatchResult);
        Table(text, "budget", result.Budgets, budget => [BudgetWords.State(budget).Word, BudgetWords.Measured(budget), BudgetWords.Limit(budget)], budget => budget.Name, ["state", "measured", "allowed"]);
        List(text, "Limits", (result as WatchResult)?.Projections.Select(ProjectionWords.Of));
        List(text, "Warnings", result.Warnings);
        List(text, "Not seen", result.BlindSpots);
        string end = next is null ? "" : $"\nNext: {MarkdownText.Code(Words.Sentence(next.Command))}{(next.Note is { Length: > 0 } note ? $" ({MarkdownText.Of(Words.Sentence(note))})" : "")}\n";
        Details(text, result, MostCharacters - end.Length);
        return text.Append(end).ToString();
    }

    private static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Leak or Verdict.Hang => "❌",
        Verdict.Inconclusive or Verdict.NotRun => "❔",
        _ => "✅",
    };

    private static void Findings(StringBuilder text, JudgedResult result) => Table(
        text,
        "finding",
        result.Findings,
        finding => [finding.Kind.ToString(), MarkdownText.Of(ReportWords.Numbers(result, finding)), FindingFacts.Status(finding) ?? "new"],
        finding => finding.Subject,
        ["kind", "numbers", "status"]);

    private static void Phases(StringBuilder text, WatchResult? watch) => Table(
        text,
        "phase",
        [.. (watch?.Phases ?? []).Where(phase => phase.Leaks || phase.ReturnedToBaseline == false)],
        phase => [phase.Leaks ? "leaks" : "", MarkdownText.Of(Escaping.Show(string.Join(", ", phase.Left.Select(PhaseTable.Left)), LongestCell))],
        phase => phase.Name,
        ["", "left behind"]);

    private static void Table<T>(StringBuilder text, string first, IReadOnlyCollection<T> rows, Func<T, string[]> cells, Func<T, string> name, string[] titles)
    {
        if (rows.Count == 0)
        {
            return;
        }

        text.Append($"\n| {first} | {string.Join(" | ", titles)} |\n|---{string.Concat(titles.Select(_ => "|---"))}|\n");
        int shown = 0;
        foreach (T row in rows.Take(MostRows).TakeWhile(_ => text.Length < RoomForTables))
        {
            text.Append($"| {MarkdownText.Code(Words.Name(name(row)))} | {string.Join(" | ", cells(row))} |\n");
            shown++;
        }

        if (rows.Count > shown)
        {
            text.Append($"\n{Words.Count(rows.Count - shown)} more are not shown.\n");
        }
    }

    private static void List(StringBuilder text, string heading, IEnumerable<string>? items)
    {
        string[] all = [.. items ?? []];
        if (all.Length == 0)
        {
            return;
        }

        text.Append($"\n<details><summary>{heading} ({all.Length})</summary>\n\n");
        int shown = 0;
        foreach (string item in all.Take(MostNotes).TakeWhile(_ => text.Length < RoomForTables))
        {
            text.Append($"- {MarkdownText.Of(Escaping.Show(item, LongestCell))}\n");
            shown++;
        }

        if (all.Length > shown)
        {
            text.Append($"- {Words.Count(all.Length - shown)} more\n");
        }

        text.Append("\n</details>\n");
    }

    private static void Details(StringBuilder text, JudgedResult result, int most)
    {
        // Enough for the sentence that counts what had no room.
        const int Reserve = 100;
        int left = 0;
        foreach (Finding finding in result.Findings)
        {
            TextPage page = new(colors: false);
            if (result is WatchResult)
            {
                WatchText.Write(page, finding);
            }
            else
            {
                FindingText.Write(page, finding);
            }

            string block = $"\n<details><summary>{finding.Kind} {MarkdownText.HtmlCode(Words.Name(finding.Subject))}</summary>\n\n{MarkdownText.Fence(page.ToString())}\n</details>\n";
            if (text.Length + block.Length > most - Reserve)
            {
                left++;
            }
            else
            {
                text.Append(block);
            }
        }

        if (left > 0)
        {
            text.Append($"\nThe details of {Words.Many(left, "finding")} had no room here: `--report FILE.html` has them.\n");
        }
    }
}
