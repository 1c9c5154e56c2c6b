using System.Collections.Immutable;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Watching.Judging;

/// <summary>Judges a number over time, where there are no phases: its lowest reading in each of equal stretches, so that bursts and collections do not count.</summary>
internal static class TimeJudge
{
    /// <summary>A shorter run says nothing about growth over time.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(20);

    private const int Stretches = 24;
    private const int Warmup = 5;

    private static readonly VerdictOptions Options = new() { RequireDose = false, NoiseFloorBytes = 8 * 1024 * 1024, BytesPerOperation = 0, ExpectedPerRound = 2 };

    /// <summary>Judges a series; null when it is too short.</summary>
    public static Judgement? Judge(string metric, MetricNature nature, IReadOnlyList<SeriesPoint> points, double start, double end)
    {
        if (end - start < Shortest.TotalSeconds || points.Count < Stretches)
        {
            return null;
        }

        double length = (end - start) / Stretches;
        double[] lows = [.. Enumerable.Repeat(double.NaN, Stretches)];
        foreach (SeriesPoint point in points)
        {
            int stretch = (int)Math.Clamp((point.AtSeconds - start) / length, 0, Stretches - 1);
            lows[stretch] = double.IsNaN(lows[stretch]) ? point.Min : Math.Min(lows[stretch], point.Min);
        }

        ImmutableArray<Round> rounds =
        [
            .. lows.Select((_, i) => new Round(i < Warmup ? RoundKind.Warmup : RoundKind.Base, 0, 0, TimeSpan.FromSeconds(start + ((i + 1) * length)), TimeSpan.FromSeconds(length))),
        ];
        return GrowthJudge.Judge(new RunHistory(rounds, DriveMode.Time), new Series(metric, nature, [.. lows]), Options, budgetUsedUp: true);
    }
}
