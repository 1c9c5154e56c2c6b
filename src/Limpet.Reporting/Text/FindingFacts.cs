using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>What the claim of a finding rests on, fact by fact.</summary>
internal static class FindingFacts
{
    /// <summary>Name and value of each fact that is there.</summary>
    public static IEnumerable<(string What, string Value)> Of(Finding finding)
    {
        yield return ("why", Words.Sentence(finding.Confidence));
        if (finding.Dose is { } dose)
        {
            string confirmed = !FindingNumbers.HasEvidence(finding) ? "not confirmed: nothing was counted" : dose.Confirmed ? "confirmed" : "not confirmed";
            yield return ("dose", $"{Words.Count(dose.Expected)} times the work, {Words.Count(dose.Measured)} times the growth ({confirmed})");
        }

        if (finding.Readings is { } readings && Taken(readings).Any())
        {
            yield return ("readings", string.Join(", ", Taken(readings)));
        }

        if (!finding.Related.IsEmpty)
        {
            yield return ("with it", string.Join(", ", finding.Related.Select(Related)));
        }

        if (finding.Source is { } source && finding.Hint is null)
        {
            yield return ("source", $"{Words.Name(source.File)}:{source.Line}");
        }
    }

    /// <summary>How far the growth was seen; null for what is no leak, or was not counted.</summary>
    public static string? Reach(Finding finding) =>
        FindingNumbers.HasEvidence(finding) && finding.SeenUpToOperations > 0 && finding.Kind.Implies() == Verdict.Leak
            ? $"seen up to {Words.Many(finding.SeenUpToOperations, "operation")}; a cap above {Words.Count(finding.SeenUpToOperations)} is not excluded"
            : null;

    /// <summary>How a finding stands against the known leaks; null for a new one.</summary>
    public static string? Status(Finding finding) => finding.Status switch
    {
        FindingStatus.Known => "known leak",
        FindingStatus.Fixed => "known leak, no longer there",
        _ => null,
    };

    private static string Related(RelatedGrowth related)
    {
        double rate = related.PerSecond ?? related.PerOperation ?? 0;
        string amount = related.Metric.EndsWith("Bytes", StringComparison.Ordinal) ? Words.SignedBytes(rate) : Words.Rate(rate);
        string detail = related.Detail is { } what ? $" ({Words.Name(what)})" : "";
        return $"{Words.Name(related.Metric)} {amount} per {(related.PerSecond is null ? "operation" : "second")}{detail}";
    }

    /// <summary>The readings that were taken: a check in a test has the settled one alone.</summary>
    private static IEnumerable<string> Taken(Readings readings) =>
        new[] { (readings.Immediate, "immediate"), (readings.Natural, "natural"), (readings.Settled, "settled") }
            .Where(reading => reading.Item1 is not null)
            .Select(reading => $"{Words.Count(reading.Item1!.Value)} {reading.Item2}");
}
