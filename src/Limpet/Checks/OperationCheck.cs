using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>A check of an operation from beginning to end: drive a round, read, and again until the numbers decide.</summary>
internal sealed class OperationCheck
{
    public const string NoGcRegion = "A no-GC region is in progress (GC.TryStartNoGCRegion), and a check collects. End the region before the check.";
    private readonly IOperationDriver driver;
    private readonly LeakCheckOptions options;
    private readonly VerdictOptions verdictOptions;
    private readonly CheckLog log = new();
    private readonly List<string> warnings = [];
    private readonly long started = Stopwatch.GetTimestamp();
    private Exception? firstError;
    private Finding? hang;
    private bool budgetUsedUp;

    private OperationCheck(IOperationDriver driver, LeakCheckOptions options)
    {
        this.driver = driver;
        this.options = options;
        verdictOptions = CheckJudge.OptionsOf(options);
    }

    /// <summary>Runs a check. The driver is disposed.</summary>
    public static CheckResult Run(IOperationDriver driver, LeakCheckOptions options, CheckCaller caller)
    {
        using (driver)
        {
            return new OperationCheck(driver, options).Run();
        }
    }

    private CheckResult Run()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            return Finish(NoGcRegion);
        }

        DriveRounds();
        return Finish(notRun: null);
    }

    private void DriveRounds()
    {
        var plan = new PlanOptions { Verdict = verdictOptions, Budget = options.Budget, Operations = options.Operations };
        TimeSpan perOperation = TimeSpan.Zero;
        TimeSpan perReading = TimeSpan.Zero;
        while (true)
        {
            IReadOnlyCollection<Judgement> judgements = log.History.Count(RoundKind.Dose) == 0
                ? []
                : CheckJudge.Deciding(CheckJudge.Judge(log, verdictOptions, budgetUsedUp: false));
            PlannerStep step = RoundPlanner.Next(log.History, judgements, plan, new RunCosts(Stopwatch.GetElapsedTime(started), perOperation, perReading));
            if (step is StopRun stop)
            {
                budgetUsedUp = stop.BudgetUsedUp;
                return;
            }

            var next = (NextRound)step;
            OperationTally driven = Drive(next);
            if (driven.TimedOut)
            {
                hang = HangOf(driven);
                return;
            }

            long reading = Stopwatch.GetTimestamp();
            ImmutableSortedDictionary<string, double> settled = CheckReader.Read();
            perReading = Stopwatch.GetElapsedTime(reading);
            perOperation = next.Operations > 0 ? driven.Duration / next.Operations : perOperation;
            log.Add(new Round(next.Kind, driven.Done, driven.Failed, Stopwatch.GetElapsedTime(started), driven.Duration), settled);
            if (log.History.Rounds.Length == Math.Max(1, verdictOptions.Warmup) && log.History.Operations.Done == 0)
            {
                return; // it never works: there is nothing to measure
            }
        }
    }

    private OperationTally Drive(NextRound next)
    {
        if (next.Operations == 0)
        {
            OperationTally silence = new();
            Thread.CurrentThread.Join(next.Stretch);
            silence.Await(TimeSpan.Zero, _ => true);
            return silence;
        }

        OperationTally driven = driver.Drive(next.Operations, options.OperationTimeout);
        firstError ??= driven.FirstError;
        return driven;
    }

    private Finding HangOf(OperationTally driven) => new()
    {
        Kind = FindingKind.Hang,
        Subject = Subject,
        Signature = "hang:operation",
        Confidence = Sentence.Of($"an operation had not ended after {options.OperationTimeout.TotalSeconds:0.###} s, and {log.History.Operations.Done + driven.Done} had before it"),
    };

    private string Subject => options.Name ?? "the operation";

    private CheckResult Finish(string? notRun)
    {
        ImmutableArray<Finding> findings = hang is null ? [] : [hang];
        ImmutableArray<Judgement> deciding = [];
        if (notRun is null && log.History.Rounds.Length > 0)
        {
            ImmutableArray<Judgement> all = CheckJudge.Judge(log, verdictOptions, budgetUsedUp || hang is not null);
            deciding = CheckJudge.Deciding(all);
            findings = [.. findings, .. CheckFindings.Of(deciding, log)];
            warnings.AddRange(all.Where(judgement => judgement.Shape == GrowthShape.GrowingWithTime).Select(judgement => $"{judgement.Metric} grow with time, whether the operation runs or not: {judgement.Reason}"));
        }

        OperationCount operations = log.History.Operations;
        if (firstError is not null)
        {
            warnings.Add($"{operations.Failed} of {operations.Done + operations.Failed} operations threw, the first: {firstError.GetType().Name}: {firstError.Message}");
        }

        RunVerdict verdict = RunJudge.Judge(log.History, findings, deciding, verdictOptions, budgetUsedUp, notRun);
        return new CheckResult
        {
            Subject = Subject,
            Verdict = verdict.Verdict,
            Reason = verdict.Reason,
            Operations = operations,
            Findings = findings,
            Measurements = new Measurements { Rounds = log.Measurements() },
            Warnings = [.. warnings],
            BlindSpots = Limpet.Resources.ProcessReaders.Supported ? [] : ["Descriptors, threads and native memory are read on Linux only."],
            Duration = Stopwatch.GetElapsedTime(started),
            SubjectError = firstError,
        };
    }
}
