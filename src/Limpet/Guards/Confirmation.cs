using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Limpet.Results;

namespace Limpet.Guards;

/// <summary>Runs suspects again, each alone in a process of its own, as long as the budget lasts.</summary>
internal sealed class Confirmation(ITestHost host, LeakGuardOptions options, TestTimes times)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Dictionary<GuardedTest, (ImmutableArray<Dictionary<string, long>> Readings, string? Trouble)> _runs = [];

    // The cheap ones first, while there is time.
    public ImmutableArray<LeftBehind> Confirm(ImmutableArray<LeftBehind> left) =>
        [
            .. left.OrderBy(item => item.Tests.Length).ThenBy(item => item.Tests.Sum(test => times.Of(test).TotalSeconds))
                .Select(item => item.Status == LeftStatus.Suspect ? Confirm(item) : item)
                .ToArray()
                .OrderBy(item => item.Status != LeftStatus.Confirmed),
        ];

    private LeftBehind Confirm(LeftBehind suspect)
    {
        if (suspect.Tests.IsEmpty)
        {
            return suspect.Note is null ? suspect with { Note = "it appeared when no test ran" } : suspect;
        }

        LeftBehind last = suspect;
        bool refuted = true;
        foreach (GuardedTest test in suspect.Tests.OrderBy(times.Of))
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
        TimeSpan expected = times.Of(test) * DoseJudge.AllRuns;
        return _runs[test] =
            times.IsExcused(test) ? ([], "the test failed, or is about a known leak: it may leave something")
            : _runs.Count >= options.MostConfirmations ? ([], $"{options.MostConfirmations} suspects were run again; this was none of them")
            : rest <= expected ? ([], $"{DoseJudge.AllRuns} runs of {Seconds(times.Of(test))} s are more than what was left of the {Seconds(options.ConfirmationBudget)} s for running suspects again")
            : GuardChild.Run(host, test, DoseJudge.AllRuns, rest);
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
