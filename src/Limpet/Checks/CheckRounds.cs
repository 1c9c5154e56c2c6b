using System.Diagnostics;
using System.Runtime.CompilerServices;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>Drives an operation in rounds and reads the process after each, until the planner has enough.</summary>
/// <param name="driver">Runs the operation.</param>
/// <param name="options">What the caller asked for.</param>
/// <param name="verdictOptions">How much evidence is needed.</param>
/// <param name="budget">The time after which no further planned round begins: what is left for these rounds of that of the whole check.</param>
internal sealed class CheckRounds(IOperationDriver driver, LeakCheckOptions options, VerdictOptions verdictOptions, TimeSpan budget)
{
    private readonly long started = Stopwatch.GetTimestamp();
    private IReadOnlyCollection<Judgement> judgements = [];
    private TimeSpan perOperation;
    private TimeSpan perReading;

    /// <summary>How long they have taken so far.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

    /// <summary>The rounds so far.</summary>
    public CheckLog Log { get; } = new();

    /// <summary>How much evidence the rounds were planned for.</summary>
    public VerdictOptions VerdictOptions => verdictOptions;

    /// <summary>Rounds beyond the plan after which undecided numbers are left undecided.</summary>
    public int MostExtraRounds { get; init; } = int.MaxValue;

    /// <summary>What did not come back in time; null when all did.</summary>
    public Finding? Hang { get; private set; }

    /// <summary>Whether time or patience ended the rounds.</summary>
    public bool BudgetUsedUp { get; private set; }

    /// <summary>What the subject threw first; null when it threw nothing.</summary>
    public Exception? FirstError { get; private set; }

    /// <summary>What the operation is called.</summary>
    public string Subject => options.Name ?? "the operation";

    /// <summary>Runs the rounds.</summary>
    /// <param name="judge">Called after each round; says what of the readings so far is undecided.</param>
    public void Run(Func<Round, IReadOnlyCollection<Judgement>> judge)
    {
        while (Plan() is { } next)
        {
            if (!RunRound(next))
            {
                return;
            }

            long judging = Stopwatch.GetTimestamp();
            judgements = judge(Log.Last);
            perReading += Stopwatch.GetElapsedTime(judging);
            if (Log.Count == Math.Max(1, verdictOptions.Warmup) && Log.History.Operations.Done == 0)
            {
                return; // it never works: there is nothing to measure
            }
        }
    }

    /// <summary>
    /// Repeats what looks like a leak, with rounds of other sizes and silence between them: what grew by chance while the operation ran does not follow. It may take half
    /// as long as the budget, or what is left of it.
    /// </summary>
    /// <param name="slowest">The slowest growth per operation that is to be seen again; null where it is not counted.</param>
    /// <param name="read">Called after each round.</param>
    public void Repeat(double? slowest, Action<Round> read)
    {
        TimeSpan time = OperationCheck.AtLeastHalf(budget - Elapsed, options);
        foreach (long operations in RepeatPlan.Of(options.Operations, slowest, perOperation, time))
        {
            if (!RunRound(new NextRound(RoundKind.Repeat, operations, operations == 0 ? RepeatPlan.Silence(Log.LongestRound, time) : TimeSpan.Zero)))
            {
                return;
            }

            read(Log.Last);
        }
    }

    /// <summary>What comes next; null when there is enough. A method of its own: unoptimised code keeps what it has on the stack until it returns, and the next reading would see that.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private NextRound? Plan()
    {
        var plan = new PlanOptions { Verdict = verdictOptions, Budget = budget, Operations = options.Operations };
        RunHistory history = Log.History;
        PlannerStep step = RoundPlanner.Next(history, judgements, plan, new RunCosts(Elapsed, perOperation, perReading));
        int extra = history.Count(RoundKind.Base) + history.Count(RoundKind.Dose) - plan.BaseRounds - plan.DoseRounds;
        if (step is NextRound next && extra < MostExtraRounds)
        {
            return next;
        }

        BudgetUsedUp = step is not StopRun { BudgetUsedUp: false };
        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool RunRound(NextRound next)
    {
        OperationTally driven = Drive(next);
        if (driven.TimedOut)
        {
            Hang = HangOf(driven);
            return false;
        }

        long reading = Stopwatch.GetTimestamp();
        if (CheckReader.Read(options.FinalizerTimeout) is not { } settled)
        {
            Hang = OperationCheck.FinalizerHang(options.FinalizerTimeout);
            return false;
        }

        Log.Add(new Round(next.Kind, driven.Done, driven.Failed, Elapsed, driven.Duration), settled);
        perReading = Stopwatch.GetElapsedTime(reading);
        perOperation = next.Operations > 0 ? driven.Duration / next.Operations : perOperation;
        return true;
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
        FirstError ??= driven.FirstError;
        return driven;
    }

    private Finding HangOf(OperationTally driven) => new()
    {
        Kind = FindingKind.Hang,
        Subject = Subject,
        Signature = "hang:operation",
        Confidence = Sentence.Of($"an operation had not ended after {options.OperationTimeout.TotalSeconds:0.###} s, which OperationTimeout allows, and {Log.History.Operations.Done + driven.Done} had before it"),
    };
}
