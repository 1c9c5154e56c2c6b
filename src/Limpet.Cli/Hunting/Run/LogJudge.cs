using Limpet.Verdicts;
using SeriesJudge = Limpet.Verdicts.GrowthJudge;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Judges series of figures over the rounds of one log, one reading a round.</summary>
/// <param name="Log">The rounds.</param>
/// <param name="Options">How much evidence is needed.</param>
/// <param name="BudgetUsedUp">Whether there will be no more rounds.</param>
internal sealed record LogJudge(HuntLog Log, VerdictOptions Options, bool BudgetUsedUp)
{
    public Judgement Judge(Series series) => SeriesJudge.Judge(Log.History, series, Options, BudgetUsedUp);

    /// <summary>Less than half of the smallest growth that can be a leak is not worth a judgement.</summary>
    public bool Matters(IReadOnlyList<double> counts)
    {
        double low = double.MaxValue;
        double high = double.MinValue;
        for (int round = Log.Baseline; round < counts.Count; round++)
        {
            low = Math.Min(low, counts[round]);
            high = Math.Max(high, counts[round]);
        }

        return high - low >= Options.SmallestCount / 2;
    }
}
