using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Writes the result of a hunt for a terminal: the verdict first, then what was found and what it rests on.</summary>
public static class HuntText
{
    private const int ShownUndecided = 3;

    /// <summary>The whole report.</summary>
    /// <param name="result">The result.</param>
    /// <param name="verbose">Whether the table of rounds and the environment are shown.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(HuntResult result, bool verbose = false, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        TextPage page = new(colors);
        page.Line($"{page.Paint(VerdictInk.Of(result.Verdict), result.Verdict.ToString())}: {Words.Sentence(result.Reason)}");
        page.Line(Ink.Faint, Work(result));
        foreach (Finding finding in result.Findings)
        {
            page.Line();
            FindingText.Write(page, finding);
        }

        page.List(Ink.Strong, "Undecided", Undecided(result.Measurements.Undecided, verbose));
        page.List(Ink.Strong, "Budgets", result.Budgets.Select(budget => BudgetWords.Line(page, budget)));
        if (verbose)
        {
            RoundTable.Write(page, result.Measurements.Rounds);
            page.List(Ink.Strong, "Noise floor", result.Measurements.NoiseFloor.Select(metric => $"{Words.Name(metric.Key)}: {Amount(metric)}"));
            page.List(Ink.Strong, "Environment", result.Environment.Select(fact => $"{Words.Name(fact.Key)}: {Words.Name(fact.Value)}"));
        }

        EnvelopeText.WriteNotes(page, result);
        return page.ToString();
    }

    /// <summary>What was driven, for how long and on what.</summary>
    internal static string Work(HuntResult result)
    {
        string target = result.Target is { } looked ? " on " + EnvelopeText.Target(looked) : "";
        string seconds = result.DurationSeconds.ToString("0.0 s", CultureInfo.InvariantCulture);
        return $"{Words.Many(result.Operations.Done, "operation")} done, {Words.Count(result.Operations.Failed)} failed, in {seconds}{target}";
    }

    /// <summary>The reason of the first stands in the verdict already.</summary>
    private static IEnumerable<string> Undecided(IReadOnlyList<UndecidedSeries> all, bool verbose)
    {
        for (int i = 0; i < (verbose ? all.Count : Math.Min(all.Count, ShownUndecided)); i++)
        {
            string readings = string.Join(" ", all[i].Course.Select(reading => reading is { } number ? number.ToString("0.##", CultureInfo.InvariantCulture) : "-"));
            yield return $"{Words.Name(all[i].Metric)}: {readings}";
            if (i > 0)
            {
                yield return $"  {Words.Sentence(all[i].Reason)}";
            }
        }
    }

    /// <summary>A reading in the unit of its metric.</summary>
    internal static string Amount(KeyValuePair<string, double> metric) =>
        metric.Key.EndsWith("Bytes", StringComparison.Ordinal) ? Words.Bytes(metric.Value) : Words.Count(metric.Value);
}
