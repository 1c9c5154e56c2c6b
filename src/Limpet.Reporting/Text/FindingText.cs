using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>A finding with everything that its claim rests on.</summary>
internal static class FindingText
{
    private const string Margin = "   ";

    public static void Write(TextPage page, Finding finding)
    {
        TraceText.Write(page, finding);
        Fact(page, "why", Words.Sentence(finding.Confidence));
        bool evidence = FindingNumbers.HasEvidence(finding);
        if (finding.Dose is { } dose)
        {
            string confirmed = !evidence ? "not confirmed: nothing was counted" : dose.Confirmed ? "confirmed" : "not confirmed";
            Fact(page, "dose", $"{Words.Count(dose.Expected)} times the work, {Words.Count(dose.Measured)} times the growth ({confirmed})");
        }

        if (finding.Readings is { } readings)
        {
            Fact(page, "readings", $"{Reading(readings.Immediate)} immediate, {Reading(readings.Natural)} natural, {Reading(readings.Settled)} settled");
        }

        if (!finding.Related.IsEmpty)
        {
            Fact(page, "with it", string.Join(", ", finding.Related.Select(Related)));
        }

        if (finding.Source is { } source && finding.Hint is null)
        {
            Fact(page, "source", $"{Words.Name(source.File)}:{source.Line}");
        }

        if (evidence && finding.SeenUpToOperations > 0 && finding.Kind.Implies() == Verdict.Leak)
        {
            string operations = Words.Count(finding.SeenUpToOperations);
            page.Line($"{Margin}seen up to {Words.Many(finding.SeenUpToOperations, "operation")}; a cap above {operations} is not excluded");
        }

        foreach (ThreadStackGroup stack in finding.Stacks)
        {
            StackText.Write(page, stack);
        }
    }

    private static void Fact(TextPage page, string what, string value) => page.Line($"{Margin}{page.Paint(Ink.Faint, what + ":")} {value}");

    private static string Related(RelatedGrowth related)
    {
        double rate = related.PerSecond ?? related.PerOperation ?? 0;
        string amount = related.Metric.EndsWith("Bytes", StringComparison.Ordinal) ? Words.SignedBytes(rate) : Words.Rate(rate);
        string detail = related.Detail is { } what ? $" ({Words.Name(what)})" : "";
        return $"{Words.Name(related.Metric)} {amount} per {(related.PerSecond is null ? "operation" : "second")}{detail}";
    }

    private static string Reading(double? reading) => reading is { } value ? Words.Count(value) : "(not taken)";
}
