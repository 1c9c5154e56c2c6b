using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Limpet.Bench.Accuracy;

/// <summary>All scores of a run as Markdown: the figures, a row for each target, and every miss.</summary>
internal static class AccuracyReport
{
    private static readonly string[] Verdicts = ["Hang", "Leak", "NotRun", "Inconclusive", "Bounded", "Delayed", "Clean", "none"];

    public static string Write(AccuracyOptions options, IReadOnlyList<HuntRecord> records, IReadOnlySet<string> harmless)
    {
        StringBuilder text = new();
        HuntRecord[] leaking = [.. records.Where(record => !harmless.Contains(record.Target))];
        int[] times = [.. records.CountBy(record => record.Target).Select(pair => pair.Value)];
        text.AppendLine(CultureInfo.InvariantCulture, $"{records.Min(record => record.At):yyyy-MM-dd HH:mm} to {records.Max(record => record.At):yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, {(options.Busy ? "all of them busy" : "no other load of ours")}, {(options.Together > 1 ? $"{options.Together} hunts at a time" : "one hunt at a time")}, load average {Median.Of(records.Select(record => record.Load)):0.0} (median; highest {records.Max(record => record.Load):0.0})");
        text.AppendLine(CultureInfo.InvariantCulture, $"Limpet {string.Join(", ", records.Select(record => record.Version).Distinct())}; .NET {Environment.Version}, {RuntimeInformation.OSArchitecture}; targets: {times.Length}, hunts of each: {times.Min()}{(times.Max() > times.Min() ? $" to {times.Max()}" : "")}");
        text.AppendLine();
        text.Append(MarkdownTable.Write(["", .. Verdicts], [Confusion("leaking", leaking), Confusion("harmless", [.. records.Where(record => harmless.Contains(record.Target))])]));
        text.AppendLine();

        text.Append(MarkdownTable.Write(["figure", "right", "of"],
        [
            Right("verdict", records, score => score.Verdict),
            Right("kind", leaking, score => score.Kind),
            Right("type", leaking, score => score.Subject),
            Right("holder", leaking, score => score.Holder),
            Right("per operation, ±20 %", leaking, score => score.Rate),
            Right("all of it", records, score => score.IsRight),
        ]));
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Seconds of a hunt: median {Median.Of(records.Select(record => record.Outcome.Seconds)):0.0}, longest {records.Max(record => record.Outcome.Seconds):0.0}. Rounds: median {Median.Of(records.Select(record => (double)record.Outcome.Rounds)):0}.");
        text.AppendLine();

        text.Append(MarkdownTable.Write(["target", "", "right", "verdicts", "rounds", "operations", "seconds, median", "longest"],
        [
            .. records.GroupBy(record => record.Target).Select(group => (string[])
            [
                group.Key,
                harmless.Contains(group.Key) ? "harmless" : "leaks",
                $"{group.Count(record => record.Score.IsRight)}/{group.Count()}",
                string.Join(", ", group.CountBy(record => record.Outcome.Verdict).Select(pair => group.Count() == 1 ? pair.Key : $"{pair.Key} {pair.Value}")),
                Number(Median.Of(group.Select(record => (double)record.Outcome.Rounds)), "0"),
                Number(Median.Of(group.Select(record => (double)record.Outcome.Operations)), "0"),
                Number(Median.Of(group.Select(record => record.Outcome.Seconds)), "0.0"),
                Number(group.Max(record => record.Outcome.Seconds), "0.0"),
            ]),
        ]));

        if (records.Any(record => !record.Score.IsRight))
        {
            text.AppendLine().AppendLine("Misses:").AppendLine();
            foreach (var miss in records.SelectMany(record => record.Score.Misses.Select(miss => (Name: record.Target, Miss: miss))).CountBy(miss => miss))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"- {miss.Key.Name}{(records.Count > times.Length ? $" ({miss.Value} ×)" : "")}: {miss.Key.Miss}");
            }
        }

        return text.ToString();
    }

    private static string[] Confusion(string name, IReadOnlyCollection<HuntRecord> records) =>
        [name, .. Verdicts.Select(verdict => Number(records.Count(record => record.Outcome.Verdict == verdict), "0"))];

    private static string[] Right(string figure, IReadOnlyCollection<HuntRecord> records, Func<HuntScore, bool> isRight) =>
        [figure, Number(records.Count(record => isRight(record.Score)), "0"), Number(records.Count, "0")];

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
