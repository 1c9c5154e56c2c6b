using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Limpet.Results;

namespace Limpet.Guards;

/// <summary>Runs suspects again, each alone in a process of its own, as long as the budget lasts.</summary>
internal sealed class Confirmation(ITestHost host, LeakGuardOptions options)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Dictionary<GuardedTest, (ImmutableArray<Dictionary<string, long>> Readings, string? Trouble)> _runs = [];

    public ImmutableArray<LeftBehind> Confirm(ImmutableArray<LeftBehind> left) =>
        [.. left.Select(item => item.Status == LeftStatus.Suspect ? Confirm(item) : item).OrderBy(item => item.Status != LeftStatus.Confirmed)];

    private LeftBehind Confirm(LeftBehind suspect)
    {
        if (suspect.Tests.IsEmpty)
        {
            return suspect with { Note = "it appeared when no test ran" };
        }

        LeftBehind last = suspect;
        bool refuted = true;
        foreach (GuardedTest test in suspect.Tests)
        {
            LeftBehind judged = Judge(suspect, test);
            if (judged.Status == LeftStatus.Confirmed)
            {
                return judged;
            }

            refuted &= judged.Status == LeftStatus.FirstUseOnly;
            last = judged.Status == LeftStatus.FirstUseOnly && last.Note is not null ? last : judged;
        }

        return refuted ? last : last with { Status = last.Status == LeftStatus.FirstUseOnly ? LeftStatus.NotConfirmed : last.Status };
    }

    private LeftBehind Judge(LeftBehind suspect, GuardedTest test)
    {
        var (readings, trouble) = Run(test);
        if (trouble is not null)
        {
            return suspect with { Status = LeftStatus.NotConfirmed, Note = trouble };
        }

        long runs = readings.Count(reading => reading[RepeatedRun.RanCount] > 0);
        long failed = readings.Count(reading => reading[RepeatedRun.FailedCount] > 0);
        if (runs < readings.Length || failed > 0)
        {
            return suspect with
            {
                Status = LeftStatus.NotConfirmed,
                Note = runs < readings.Length ? $"alone, it ran in {runs} of {readings.Length} runs" : $"alone, it failed in {failed} of {readings.Length} runs",
            };
        }

        long smallest = suspect.Kind == FindingKind.ManagedLeak ? options.SmallestLeak.Bytes : 1;
        var (status, dose, note) = DoseJudge.Judge([.. readings.Select(reading => reading.GetValueOrDefault(suspect.Metric))], smallest);
        return suspect with { Status = status, Dose = dose, Note = note, Culprit = status == LeftStatus.Confirmed ? test : null };
    }

    private (ImmutableArray<Dictionary<string, long>> Readings, string? Trouble) Run(GuardedTest test)
    {
        if (_runs.TryGetValue(test, out var known))
        {
            return known;
        }

        TimeSpan rest = options.ConfirmationBudget - Stopwatch.GetElapsedTime(_started);
        return _runs[test] =
            _runs.Count >= options.MostConfirmations ? ([], $"{options.MostConfirmations} suspects were run again; this was none of them")
            : rest <= TimeSpan.Zero ? ([], $"the {Math.Round(options.ConfirmationBudget.TotalSeconds, 1).ToString(CultureInfo.InvariantCulture)} s for running suspects again were over")
            : GuardChild.Run(host, test, DoseJudge.AllRuns, rest);
    }
}
