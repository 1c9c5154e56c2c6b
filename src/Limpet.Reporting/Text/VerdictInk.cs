using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Which colour a verdict has.</summary>
internal static class VerdictInk
{
    public static Ink Of(Verdict verdict) => verdict switch
    {
        Verdict.Leak or Verdict.Hang => Ink.Bad,
        Verdict.Inconclusive or Verdict.NotRun => Ink.Doubt,
        Verdict.Clean or Verdict.Delayed or Verdict.Bounded => Ink.Good,
        _ => throw new InvalidOperationException($"Bug in Limpet: verdict {verdict} has no colour."),
    };
}
