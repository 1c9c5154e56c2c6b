using Limpet.Results;

namespace Limpet.Verdicts;

/// <summary>Decides what a whole run says: the worst of its findings, but never a pass for a run that proves nothing.</summary>
public static class RunJudge
{
    /// <summary>One would do for the verdict; who looks for the cause wants to see what goes with it.</summary>
    private const int MostUndecided = 10;

    /// <summary>Judges a run.</summary>
    /// <param name="history">All its rounds.</param>
    /// <param name="findings">Its findings; known and fixed ones are left out of the verdict.</param>
    /// <param name="judgements">The last judgements of every metric that decides: one that is undecided makes the run so.</param>
    /// <param name="options">How much evidence was needed.</param>
    /// <param name="budgetUsedUp">Whether time ended the run.</param>
    /// <param name="notRun">Why the subject was not exercised, such as a missing dependency; null when it was.</param>
    public static RunVerdict Judge(
        RunHistory history,
        IReadOnlyCollection<Finding> findings,
        IReadOnlyCollection<Judgement> judgements,
        VerdictOptions options,
        bool budgetUsedUp,
        string? notRun = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(judgements);
        ArgumentNullException.ThrowIfNull(options);

        RunVerdict otherwise = WithoutFindings(history, findings, judgements, options, budgetUsedUp, notRun);
        Verdict verdict = Results.Verdicts.Worst(findings, otherwise.Verdict);
        if (verdict == otherwise.Verdict)
        {
            return otherwise;
        }

        Finding[] gravest = [.. Results.Verdicts.InOrder(findings.Where(finding => finding.Status == FindingStatus.New && finding.Kind.Implies() == verdict))];
        string others = gravest.Length == 1 ? "" : FormattableString.Invariant($" ({gravest.Length - 1} more)");
        return new RunVerdict(verdict, $"{gravest[0].Subject}: {gravest[0].Confidence}{others}") { Otherwise = new Absence(otherwise.Verdict, otherwise.Reason) { Undecided = otherwise.Undecided } };
    }

    private static RunVerdict WithoutFindings(
        RunHistory history,
        IReadOnlyCollection<Finding> findings,
        IReadOnlyCollection<Judgement> judgements,
        VerdictOptions options,
        bool budgetUsedUp,
        string? notRun)
    {
        OperationCount operations = history.Operations;
        int measured = history.Count(RoundKind.Base) + history.Count(RoundKind.Dose);
        if (notRun is not null)
        {
            return new RunVerdict(Verdict.NotRun, notRun);
        }

        if (history.Rounds.IsEmpty)
        {
            return new RunVerdict(Verdict.NotRun, "No round was run.");
        }

        if (history.Mode == DriveMode.Operations && operations.Done == 0)
        {
            return new RunVerdict(Verdict.NotRun, operations.Failed == 0
                ? "No operation was run."
                : Sentence.Of($"none of the {operations.Failed} operations succeeded"));
        }

        if (operations.Failed > operations.Done)
        {
            return Inconclusive(Sentence.Of($"{operations.Failed} of {operations.Done + operations.Failed} operations failed, more than half"));
        }

        int needed = budgetUsedUp ? options.WindowRounds : options.MinimumRounds;
        if (measured < needed)
        {
            return Inconclusive(Sentence.Of($"too few rounds: {measured} measured, {needed} needed"));
        }

        if (judgements.Count == 0)
        {
            return Inconclusive("No metric could be read.");
        }

        if (!findings.Any(finding => finding.Kind.Implies() == Verdict.Leak) && judgements.FirstOrDefault(judgement => judgement.Grows) is { } grows)
        {
            return new RunVerdict(Verdict.Leak, $"{grows.Metric}: {grows.Reason}");
        }

        Judgement[] undecided = [.. judgements
            .Where(judgement => judgement.Shape == GrowthShape.Undecided)
            .OrderByDescending(judgement => judgement.TotalGrowth)
            .ThenBy(judgement => judgement.Metric, StringComparer.Ordinal)];
        if (undecided.Length > 0)
        {
            return Inconclusive($"{undecided[0].Metric}: {undecided[0].Reason}") with { Undecided = [.. undecided.DistinctBy(judgement => judgement.Metric).Take(MostUndecided).Select(Of)] };
        }

        string but = judgements.Any(judgement => judgement.IsAssumed) ? " but what a known bound holds" : "";
        return new RunVerdict(Verdict.Clean, history.Mode == DriveMode.Operations
            ? Sentence.Of($"nothing grows with the operations{but}: {history.Rounds.Where(round => round.Kind is RoundKind.Base or RoundKind.Dose).Sum(round => round.Operations)} in {measured} measured rounds")
            : Sentence.Of($"nothing grows with time{but}: {measured} measured rounds in {history.Rounds[^1].At.TotalSeconds:0} seconds"));
    }

    private static UndecidedSeries Of(Judgement judgement) =>
        new(judgement.Metric, judgement.Reason, [.. judgement.Readings.Select(reading => double.IsFinite(reading) ? reading : (double?)null)]);

    private static RunVerdict Inconclusive(string reason) => new(Verdict.Inconclusive, reason);
}
