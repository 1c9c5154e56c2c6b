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

    /// <summary>Why a check does not go on in one that its subject began.</summary>
    public const string NoGcRegionFromWithin = "The subject began a no-GC region (GC.TryStartNoGCRegion) and did not end it, and a check collects. End the region in the subject.";

    private const string OneObject = "No type has more objects: one object gets larger, such as an array or a string.";
    private const string NothingCame = "Two heaps, before and after more operations, show no type with one object more at every other operation: one object gets larger, or few come.";
    private const string NoTrace = "The option Trace is off.";
    private const int ExtraRoundsBeforeExact = 6;
    private const int MostTries = 3;
    private const int ExtraExactRounds = 16;
    private readonly IOperationDriver driver;
    private readonly LeakCheckOptions options;
    private CheckRounds rounds;
    private readonly List<string> warnings = [];
    private readonly List<string> blindSpots = [];
    private readonly long started = Stopwatch.GetTimestamp();

    private OperationCheck(IOperationDriver driver, LeakCheckOptions options)
    {
        this.driver = driver;
        this.options = options;
        rounds = NewRounds();
    }

    /// <summary>What is left of the budget for rounds that planned ones have asked for, and at least half of it: without them the time that went into the planned ones would be lost.</summary>
    public static TimeSpan AtLeastHalf(TimeSpan rest, LeakCheckOptions options) => rest > options.Budget / 2 ? rest : options.Budget / 2;

    /// <summary>Runs a check. The driver is disposed.</summary>
    public static CheckResult Run(IOperationDriver driver, LeakCheckOptions options)
    {
        using (driver)
        {
            OperationCheck check = new(driver, options);
            try
            {
                return check.Run();
            }
            catch (LimpetException exception) when (exception.Trouble == Trouble.NotRun && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            {
                return check.Result(new RunVerdict(Verdict.NotRun, NoGcRegionFromWithin));
            }
        }
    }

    /// <summary>Finalizers that do not finish: nothing that waits for them can be judged.</summary>
    public static Finding FinalizerHang(TimeSpan deadline) => new()
    {
        Kind = FindingKind.Hang,
        Subject = "finalizer thread",
        Signature = "hang:finalizer thread",
        Confidence = Sentence.Of($"it has not emptied its queue within {deadline.TotalSeconds:0.###} s, which FinalizerTimeout allows: a finalizer blocks it"),
    };

    private CheckResult Run()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            return Result(new RunVerdict(Verdict.NotRun, NoGcRegion));
        }

        CheckResult result = RunRounds();
        for (int tries = 1; IsTooNoisy(result) && tries < MostTries && HasTimeAgain(rounds); tries++)
        {
            rounds = NewRounds();
            result = RunRounds();
        }

        bool isOpen = result.Verdict is Verdict.Leak or Verdict.Inconclusive || IsTooNoisy(result);
        if (!isOpen || result.Operations.Failed > result.Operations.Done)
        {
            return result;
        }

        return options.Trace ? CountExactly(result)
            : result.Verdict == Verdict.Leak ? Repeat() with { NoTraceReason = NoTrace }
            : result.Verdict == Verdict.Inconclusive ? result with { NoTraceReason = NoTrace }
            : Result(new RunVerdict(Verdict.Inconclusive, Sentence.Of($"the managed bytes change by {CheckJudge.Unrest(rounds.Log):0} per operation up and down, whatever the operation does: other work in the process hides what it leaves"))) with { NoTraceReason = NoTrace };
    }

    /// <summary>What is left of the budget.</summary>
    private TimeSpan Rest => options.Budget - Stopwatch.GetElapsedTime(started);

    /// <summary>Whether the budget has room for as many rounds as these, once more.</summary>
    private bool HasTimeAgain(CheckRounds after) => after.Elapsed < Rest;

    private CheckRounds NewRounds() => new(driver, options, CheckJudge.OptionsOf(options), Rest) { MostExtraRounds = options.Trace ? ExtraRoundsBeforeExact : int.MaxValue };

    /// <summary>A process that gives memory back, or in which others work, hides a leak: only one whose bytes stand still in most rounds has none.</summary>
    private bool IsTooNoisy(CheckResult result) => result.Passed && !CheckJudge.IsQuiet(rounds.Log);

    private CheckResult RunRounds()
    {
        rounds.Run(_ => rounds.Log.History.Count(RoundKind.Dose) == 0 ? [] : Deciding(rounds, budgetUsedUp: false));
        return JudgeRounds();
    }

    /// <summary>
    /// Bytes and counters that look like a leak, asked for again with rounds of other sizes. Where they do not follow, another's work in this process has kept step for a while: the
    /// check begins anew, for that may be over, if there is time.
    /// </summary>
    private CheckResult Repeat()
    {
        CheckResult result = RepeatRounds();
        if (result.Verdict != Verdict.Inconclusive || !HasTimeAgain(rounds))
        {
            return result;
        }

        warnings.Add(result.Reason);
        rounds = NewRounds();
        result = RunRounds();
        return result.Verdict == Verdict.Leak ? RepeatRounds() : result;
    }

    private CheckResult RepeatRounds()
    {
        rounds.Repeat(Slowest(rounds), _ => { });
        return JudgeRounds();
    }

    private static double? Slowest(CheckRounds of) => RepeatPlan.Slowest(
        Deciding(of, of.BudgetUsedUp).Where(judgement => judgement.Shape == GrowthShape.Growing), metric => metric is CheckMetric.ManagedBytes or CheckMetric.NativeBytes);

    private CheckResult JudgeRounds()
    {
        if (rounds.Hang is { } hang)
        {
            return Hung(hang);
        }

        ImmutableArray<Judgement> deciding = Deciding(rounds, rounds.BudgetUsedUp);
        ImmutableArray<Finding> findings = CheckFindings.Of(deciding, rounds.Log);
        return Result(RunJudge.Judge(rounds.Log.History, findings, deciding, rounds.VerdictOptions, rounds.BudgetUsedUp)) with { Findings = findings };
    }

    /// <summary>What exact counts say goes. Bytes that grew before and grow on, while no type has more objects, are one object that gets larger.</summary>
    private CheckResult CountExactly(CheckResult before)
    {
        try
        {
            (CheckRounds more, ExactAnswer exact) = CountObjects();
            if (more.Hang is null && exact.IsEcho && HasTimeAgain(more))
            {
                warnings.Add(exact.Reason);
                (more, exact) = CountObjects();
            }

            if (more.Hang is { } hang)
            {
                return Hung(hang);
            }

            warnings.AddRange(exact.Warnings);
            blindSpots.AddRange(exact.BlindSpots);
            CheckResult result = Result(new RunVerdict(exact.Verdict, exact.Reason), more) with { Findings = exact.Findings, Drawings = exact.Drawings };
            return exact.Verdict is Verdict.Clean or Verdict.Inconclusive && before.Verdict == Verdict.Leak && BytesGrowOn(more, exact)
                ? JudgedBytes(more) with { NoTraceReason = OneObject }
                : result;
        }
        catch (LimpetException exception)
        {
            CheckResult result = before.Verdict == Verdict.Leak ? Repeat() : before;
            return exception.InnerException is TraceRefusedException && result.Verdict == Verdict.Leak && rounds.Hang is null
                ? AskForGrowth(result)
                : result with { NoTraceReason = exception.Message };
        }
    }

    /// <summary>The verdict of the bytes stands. What came with some operations more is told, where the runtime of this process tells of its heap.</summary>
    private CheckResult AskForGrowth(CheckResult result)
    {
        try
        {
            using ToolSession session = ToolSession.Open(options.Tool);
            HeldObjects answer = GrowthSearch.Find(session, driver, options);
            return result.Traced(answer.Origin) with
            {
                Findings = [.. answer.Findings, .. result.Findings],
                Drawings = answer.Drawings,
                NoTraceReason = answer.Findings.IsEmpty ? NothingCame : null,
            };
        }
        catch (LimpetException exception)
        {
            return result with { NoTraceReason = exception.Message };
        }
    }

    private (CheckRounds Rounds, ExactAnswer Answer) CountObjects()
    {
        using ToolSession session = ToolSession.Open(options.Tool);
        CheckRounds more = new(driver, options, ExactRounds.OptionsOf(options), AtLeastHalf(Rest, options)) { MostExtraRounds = ExtraExactRounds };
        return (more, new ExactRounds(session, more).Run());
    }

    private static bool BytesGrowOn(CheckRounds more, ExactAnswer exact)
    {
        if (!exact.Repeated && Grows(more))
        {
            more.Repeat(Slowest(more), _ => { });
        }

        return more.Hang is null && Grows(more);
    }

    /// <summary>The verdict of the bytes and counters of the rounds in which objects were counted, and of their repeat: the numbers beside it are those that it was made of.</summary>
    private CheckResult JudgedBytes(CheckRounds more)
    {
        ImmutableArray<Judgement> deciding = Deciding(more, budgetUsedUp: true);
        ImmutableArray<Finding> findings = CheckFindings.Of(deciding, more.Log);
        return Result(RunJudge.Judge(more.Log.History, findings, deciding, more.VerdictOptions, budgetUsedUp: true), more) with { Findings = findings };
    }

    private static bool Grows(CheckRounds of) => CheckFindings.Of(Deciding(of, budgetUsedUp: true), of.Log).Any(finding => finding.Kind.Implies() == Verdict.Leak);

    private static ImmutableArray<Judgement> Deciding(CheckRounds of, bool budgetUsedUp) =>
        CheckJudge.Deciding(CheckJudge.Judge(of.Log, of.VerdictOptions, budgetUsedUp));

    private CheckResult Hung(Finding hang)
    {
        HangStacks stacks = HangStacks.Read(hang, options.Trace, options.Tool);
        return stacks.AddTo(Result(new RunVerdict(Verdict.Hang, $"{hang.Subject}: {hang.Confidence}")));
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
                : [.. warnings, $"{operations.Failed} of {operations.Done + operations.Failed} operations threw, the first: {error.GetType().Name}: {error.Message}{(operations.Done == 0 ? "; let it pass in a test of its own first" : "")}"],
            BlindSpots = Resources.ProcessReaders.Supported ? [.. blindSpots] : [.. blindSpots, "Descriptors, threads and native memory are read on Linux only."],
            Duration = Stopwatch.GetElapsedTime(started),
            SubjectError = error,
        };
    }
}
