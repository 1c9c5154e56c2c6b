using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.JUnit;

/// <summary>Which test cases a result is.</summary>
internal static class JUnitCases
{
    public static IEnumerable<JUnitCase> Of(JudgedResult result)
    {
        yield return Run(result);
        foreach (WatchPhase phase in (result as WatchResult)?.Phases ?? [])
        {
            yield return Phase(phase);
        }

        foreach (Finding finding in result.Findings)
        {
            yield return Of(finding, result is WatchResult ? WatchText.Write : FindingText.Write);
        }

        foreach (BudgetResult budget in result.Budgets)
        {
            yield return Of(budget);
        }
    }

    private static JUnitCase Run(JudgedResult result) => new("verdict", result.Verdict switch
    {
        Verdict.Leak or Verdict.Hang => JUnitOutcome.Failure,
        Verdict.Inconclusive or Verdict.NotRun => JUnitOutcome.Error,
        _ => JUnitOutcome.Passed,
    })
    {
        Seconds = result.DurationSeconds,
        Message = $"{result.Verdict}: {result.Reason}",
        Type = result.Verdict.ToString(),
    };

    private static JUnitCase Phase(WatchPhase phase) => new($"phase {phase.Name}", phase.Leaks ? JUnitOutcome.Failure : JUnitOutcome.Passed)
    {
        Seconds = phase.EndSeconds - phase.StartSeconds,
        Message = "left " + string.Join(", ", phase.Left.Select(left => left.Metric.EndsWith("Bytes", StringComparison.Ordinal) ? $"{Words.Bytes(left.Amount)} of {left.Name}" : $"{Words.Count(left.Amount)} × {left.Name}")),
        Type = "Leak",
    };

    private static JUnitCase Of(Finding finding, Action<TextPage, Finding> write)
    {
        bool fails = finding.Kind.Implies() is Verdict.Leak or Verdict.Hang;
        TextPage page = new(colors: false);
        write(page, finding);
        return new($"{finding.Kind} {finding.Subject}", (finding.Status, fails) switch
        {
            (FindingStatus.New, true) => JUnitOutcome.Failure,
            (FindingStatus.Known, true) => JUnitOutcome.Skipped,
            _ => JUnitOutcome.Passed,
        })
        {
            Message = finding.Status == FindingStatus.Known ? $"known leak: {finding.Confidence}" : finding.Confidence,
            Type = finding.Kind.ToString(),
            Text = page.ToString(),
        };
    }

    private static JUnitCase Of(BudgetResult budget) => new($"budget {budget.Name}", budget.Broken ? JUnitOutcome.Failure : budget.Measured is null ? JUnitOutcome.Error : JUnitOutcome.Passed)
    {
        Message = budget.Measured is { } measured ? $"{Words.Count(measured)} measured, {Words.Count(budget.Limit)} allowed" : "it was not measured",
        Type = "BrokenBudget",
    };
}
