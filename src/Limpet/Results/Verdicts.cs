namespace Limpet.Results;

/// <summary>How the verdict of a run follows from its findings.</summary>
public static class Verdicts
{
    /// <summary>
    /// The worst of <paramref name="withoutFindings"/> and the findings that count. Known and fixed leaks are left out of it.
    /// </summary>
    /// <param name="findings">The findings of the run.</param>
    /// <param name="withoutFindings">What the run says when it has no finding: <see cref="Verdict.Clean"/>, <see cref="Verdict.Inconclusive"/> or <see cref="Verdict.NotRun"/>.</param>
    public static Verdict Worst(IEnumerable<Finding> findings, Verdict withoutFindings) =>
        findings
            .Where(finding => finding.Status == FindingStatus.New)
            .Select(finding => finding.Kind.Implies())
            .Append(withoutFindings)
            .Max();

    /// <summary>Orders findings by what they cost: gravest verdict, bytes per operation, then count per operation.</summary>
    public static IEnumerable<Finding> InOrder(IEnumerable<Finding> findings) =>
        findings
            .OrderByDescending(finding => finding.Kind.Implies())
            .ThenByDescending(finding => finding.PerOperation?.Bytes ?? 0)
            .ThenByDescending(finding => finding.PerOperation?.Count ?? 0)
            .ThenBy(finding => finding.Subject, StringComparer.Ordinal);
}
