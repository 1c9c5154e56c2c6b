using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime;
using Limpet.Results;
using Limpet.Tool;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>
/// A check of an operation from beginning to end. Bytes and counters of this process decide that nothing grows; where something seems to, or where they are too noisy to
/// tell, more rounds follow in which the tool counts objects exactly.
/// </summary>
internal sealed class OperationCheck
{
    /// <summary>Why nothing can be checked in a no-GC region.</summary>
    public const string NoGcRegion = "A no-GC region is in progress (GC.TryStartNoGCRegion), and a check collects. End the region before the check.";

    private const int ExtraRoundsBeforeExact = 6;
    private const int ExtraExactRounds = 16;
    private readonly IOperationDriver driver;
    private readonly LeakCheckOptions options;
    private readonly CheckRounds rounds;
    private readonly List<string> warnings = [];
    private readonly long started = Stopwatch.GetTimestamp();

    private OperationCheck(IOperationDriver driver, LeakCheckOptions options)
    {
        this.driver = driver;
        this.options = options;
        rounds = new CheckRounds(driver, options, CheckJudge.OptionsOf(options)) { MostExtraRounds = options.Trace ? ExtraRoundsBeforeExact : int.MaxValue };
    }

    /// <summary>Runs a check. The driver is disposed.</summary>
    public static CheckResult Run(IOperationDriver driver, LeakCheckOptions options)
    {
        using (driver)
        {
            return new OperationCheck(driver, options).Run();
        }
    }

    /// <summary>Finalizers that do not finish: nothing that waits for them can be judged.</summary>
    public static Finding FinalizerHang(TimeSpan deadline) => new()
    {
        Kind = FindingKind.Hang,
        Subject = "finalizer thread",
        Signature = "hang:finalizer thread",
        Confidence = Sentence.Of($"it has not emptied its queue within {deadline.TotalSeconds:0.###} s: a finalizer blocks it"),
    };

    private CheckResult Run()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            return Result(new RunVerdict(Verdict.NotRun, NoGcRegion));
        }

        rounds.Run(_ => rounds.Log.History.Count(RoundKind.Dose) == 0 ? [] : Deciding(rounds, budgetUsedUp: false));
        if (rounds.Hang is { } hang)
        {
            return Hung(hang);
        }

        ImmutableArray<Judgement> deciding = Deciding(rounds, rounds.BudgetUsedUp);
        ImmutableArray<Finding> findings = CheckFindings.Of(deciding, rounds.Log);
        RunVerdict verdict = RunJudge.Judge(rounds.Log.History, findings, deciding, rounds.VerdictOptions, rounds.BudgetUsedUp);
        CheckResult result = Result(verdict) with { Findings = findings };
        bool isOpen = verdict.Verdict == Verdict.Leak || deciding.Any(judgement => judgement.Shape == GrowthShape.Undecided && rounds.Log.History.Count(RoundKind.Dose) > 0);
        if (!isOpen)
        {
            return result;
        }

        return options.Trace ? CountExactly(result) : result with { NoTraceReason = "The option Trace is off." };
    }

    /// <summary>What exact counts say goes. Bytes that grew before and grow on, while no type has more objects, are one object that gets larger.</summary>
    private CheckResult CountExactly(CheckResult before)
    {
        try
        {
            using ToolSession session = ToolSession.Open(options.Tool);
            CheckRounds more = new(driver, options, ExactRounds.OptionsOf(options)) { MostExtraRounds = ExtraExactRounds };
            ExactAnswer exact = new ExactRounds(session, more).Run();
            if (more.Hang is { } hang)
            {
                return Hung(hang);
            }

            warnings.AddRange(exact.Warnings);
            CheckResult result = Result(new RunVerdict(exact.Verdict, exact.Reason), more) with { Findings = exact.Findings, Drawings = exact.Drawings };
            bool grewBefore = before.Verdict == Verdict.Leak;
            ImmutableArray<Finding> grows = CheckFindings.Of(Deciding(more, budgetUsedUp: true), more.Log);
            return exact.Verdict is Verdict.Clean or Verdict.Inconclusive && grewBefore && grows.Any(finding => finding.Kind.Implies() == Verdict.Leak)
                ? before with { Duration = Stopwatch.GetElapsedTime(started), NoTraceReason = "No type has more objects: one object gets larger, such as an array or a string." }
                : result;
        }
        catch (LimpetException exception)
        {
            return before with { NoTraceReason = exception.Message };
        }
    }

    private static ImmutableArray<Judgement> Deciding(CheckRounds of, bool budgetUsedUp) =>
        CheckJudge.Deciding(CheckJudge.Judge(of.Log, of.VerdictOptions, budgetUsedUp));

    private CheckResult Hung(Finding hang)
    {
        HangStacks stacks = HangStacks.Read(hang, options.Trace, options.Tool);
        return Result(new RunVerdict(Verdict.Hang, $"{hang.Subject}: {hang.Confidence}")) with { Findings = [stacks.Finding], Drawings = stacks.Drawings, NoTraceReason = stacks.NoStacksReason };
    }

    private CheckResult Result(RunVerdict verdict, CheckRounds? more = null)
    {
        OperationCount first = rounds.Log.History.Operations;
        OperationCount second = more?.Log.History.Operations ?? new OperationCount(0, 0);
        OperationCount operations = new(first.Done + second.Done, first.Failed + second.Failed);
        Exception? error = rounds.FirstError ?? more?.FirstError;
        return new CheckResult
        {
            Subject = rounds.Subject,
            Verdict = verdict.Verdict,
            Reason = verdict.Reason,
            Operations = operations,
            Measurements = new Measurements { Rounds = [.. rounds.Log.Measurements(), .. more?.Log.Measurements() ?? []] },
            Warnings = error is null
                ? [.. warnings]
                : [.. warnings, $"{operations.Failed} of {operations.Done + operations.Failed} operations threw, the first: {error.GetType().Name}: {error.Message}"],
            BlindSpots = Resources.ProcessReaders.Supported ? [] : ["Descriptors, threads and native memory are read on Linux only."],
            Duration = Stopwatch.GetElapsedTime(started),
            SubjectError = error,
        };
    }
}
