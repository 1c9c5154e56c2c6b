using System.Globalization;

namespace Limpet.Bench.Accuracy;

/// <summary>Hunts every target of a set and holds what the tool says against what the target declares.</summary>
internal static class AccuracyBench
{
    /// <param name="set">Which targets: the hard ones, or those of reported leaks.</param>
    /// <param name="times">How often each is hunted.</param>
    /// <param name="busy">Whether all cores are kept busy beside it.</param>
    /// <param name="only">Part of a name; null for all.</param>
    /// <param name="file">Where the report is written, beside the output; null for nowhere.</param>
    /// <returns>0 when everything was right, otherwise 1.</returns>
    public static int Run(string set, int times, bool busy, string? only, string? file)
    {
        TargetTruth[] targets = TargetTruth.Read(set, only);
        List<HuntScore> scores = [];
        using BusyLoad load = BusyLoad.Start(busy);

        // All once, then all again: what changes on the machine in the course of a run must not fall on one target.
        for (int time = 1; time <= times; time++)
        {
            foreach (TargetTruth target in targets)
            {
                HuntScore score = HuntScore.Of(target, HuntProcess.Run(target));
                scores.Add(score);
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{time}/{times} {target.Title}: {score.Outcome.Verdict}, {score.Outcome.Rounds} rounds, {score.Outcome.Seconds:0.0} s{(score.IsRight ? "" : " WRONG: " + string.Join("; ", score.Misses))}"));
                if (file is not null)
                {
                    File.WriteAllText(file, AccuracyReport.Write(scores, times, busy));
                }
            }
        }

        Console.Write(AccuracyReport.Write(scores, times, busy));
        return scores.TrueForAll(score => score.IsRight) ? 0 : 1;
    }
}
