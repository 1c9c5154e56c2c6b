using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Which colour a verdict or a finding has.</summary>
internal static class VerdictInk
{
    /// <summary>That of a finding; one that is known or gone has none.</summary>
    public static Ink Of(Finding finding) => finding.Status == FindingStatus.New ? Of(finding.Kind.Implies()) : Ink.Faint;

    public static Ink Of(Verdict verdict) => verdict switch
    {
        Verdict.Leak or Verdict.Hang => Ink.Bad,
        Verdict.Inconclusive or Verdict.NotRun => Ink.Doubt,
        Verdict.Clean or Verdict.Delayed or Verdict.Bounded => Ink.Good,
        _ => throw new InvalidOperationException($"Bug in Limpet: verdict {verdict} has no colour."),
    };
}
