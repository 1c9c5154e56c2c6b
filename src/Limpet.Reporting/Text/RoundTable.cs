using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>The rounds of a hunt, one a line. A metric that no round has gets no column; a reading that was not taken shows as a dash.</summary>
internal static class RoundTable
{
    private static readonly (string Title, Func<RoundMeasurement, string?> Cell)[] Columns =
    [
        ("round", round => Words.Name(round.Kind)),
        ("operations", round => Words.Count(round.Operations)),
        ("failed", round => round.Failed == 0 ? null : Words.Count(round.Failed)),
        ("at", round => round.AtSeconds.ToString("0.0 s", CultureInfo.InvariantCulture)),
        ("stall", round => round.StallSeconds == 0 ? null : Words.Time(TimeSpan.FromSeconds(round.StallSeconds))),
        ("objects", round => Count(round, "objects")),
        ("managed", round => Bytes(round, "managedBytes")),
        ("fds", round => Count(round, "fds")),
        ("threads", round => Count(round, "threads")),
        ("timers", round => Count(round, "timers")),
        ("pending", round => Count(round, "pendingAsync")),
        ("private", round => Bytes(round, "privateBytes")),
        ("native", round => Bytes(round, "nativeBytes")),
    ];

    public static void Write(TextPage page, IReadOnlyCollection<RoundMeasurement> rounds)
    {
        (string Title, string?[] Cells)[] shown = Shown(rounds);
        TextTable.Write(
            page,
            "Rounds",
            [.. shown.Select(column => column.Title)],
            0,
            [.. Enumerable.Range(0, rounds.Count).Select(row => shown.Select(column => column.Cells[row] ?? "-").ToArray())]);
    }

    /// <summary>The columns that some round has something in, with a cell for each round.</summary>
    public static (string Title, string?[] Cells)[] Shown(IReadOnlyCollection<RoundMeasurement> rounds) =>
    [
        .. Columns
            .Select(column => (column.Title, Cells: rounds.Select(column.Cell).ToArray()))
            .Where(column => column.Cells.Any(cell => cell is not null)),
    ];

    private static string? Count(RoundMeasurement round, string metric) => round.Metrics.TryGetValue(metric, out double value) ? Words.Count(value) : null;

    private static string? Bytes(RoundMeasurement round, string metric) => round.Metrics.TryGetValue(metric, out double value) ? Words.Bytes(value) : null;
}
