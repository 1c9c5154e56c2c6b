using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>The rounds of a hunt, one a line. A metric that no round has gets no column; a reading that was not taken shows as a dash.</summary>
internal static class RoundTable
{
    private static readonly RoundColumn[] Columns =
    [
        new("round", null, round => Words.Name(round.Kind)),
        new("operations", round => round.Operations, round => Words.Count(round.Operations)),
        new("failed", round => round.Failed, round => round.Failed == 0 ? null : Words.Count(round.Failed)),
        new("at", round => round.AtSeconds, round => round.AtSeconds.ToString("0.0 s", CultureInfo.InvariantCulture)),
        new("paused", round => round.PausedSeconds, round => round.PausedSeconds == 0 ? null : round.PausedSeconds.ToString("0.0 s", CultureInfo.InvariantCulture)),
        new("stall", round => round.StallSeconds, round => round.StallSeconds == 0 ? null : Words.Time(TimeSpan.FromSeconds(round.StallSeconds))),
        Metric("objects", "objects", Words.Count),
        Metric("managed", "managedBytes", Words.Bytes),
        Metric("fds", "fds", Words.Count),
        Metric("threads", "threads", Words.Count),
        Metric("timers", "timers", Words.Count),
        Metric("pending", "pendingAsync", Words.Count),
        Metric("private", "privateBytes", Words.Bytes),
        Metric("native", "nativeBytes", Words.Bytes),
    ];

    public static void Write(TextPage page, IReadOnlyCollection<RoundMeasurement> rounds)
    {
        RoundColumn[] shown = Shown(rounds);
        TextTable.Write(page, "Rounds", [.. shown.Select(column => column.Title)], 0, [.. rounds.Select(round => shown.Select(column => column.Text(round)).ToArray())]);
    }

    /// <summary>The columns that some round has something in.</summary>
    public static RoundColumn[] Shown(IReadOnlyCollection<RoundMeasurement> rounds) => [.. Columns.Where(column => rounds.Any(round => column.Cell(round) is not null))];

    private static RoundColumn Metric(string title, string metric, Func<double, string> show)
    {
        double? Number(RoundMeasurement round) => round.Metrics.TryGetValue(metric, out double value) ? value : null;
        return new RoundColumn(title, Number, round => Number(round) is { } number ? show(number) : null);
    }
}
