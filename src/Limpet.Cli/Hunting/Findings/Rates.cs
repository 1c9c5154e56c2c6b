using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>The rates of a finding: per operation, or per second where time explains the growth.</summary>
internal static class Rates
{
    public static Finding WithRate(this Finding finding, Judgement judgement, Amount rate) => judgement.Shape == GrowthShape.GrowingWithTime
        ? finding with { PerSecond = rate }
        : finding with { PerOperation = rate };

    public static RelatedGrowth Related(Judgement judgement, string metric, double rate, string? detail = null) => judgement.Shape == GrowthShape.GrowingWithTime
        ? new RelatedGrowth(metric, null) { PerSecond = rate, Detail = detail }
        : new RelatedGrowth(metric, rate) { Detail = detail };

    /// <summary>The mean rate of a judgement.</summary>
    public static double Of(Judgement judgement) =>
        Math.Round(judgement.Shape == GrowthShape.GrowingWithTime ? judgement.PerSecond : judgement.PerOperation, 4);

    /// <summary>Why something leaks, in a few words.</summary>
    public static string Text(Judgement judgement) => judgement.Shape == GrowthShape.GrowingWithTime
        ? FormattableString.Invariant($"+{judgement.PerSecond:0.00} per second, driven or not")
        : FormattableString.Invariant($"+{judgement.PerOperation:0.00} per operation in {judgement.GrowingRounds} of {judgement.RoundsJudged} rounds");
}
