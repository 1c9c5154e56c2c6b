using System.Diagnostics;
using Limpet.Measuring;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>Drives an operation in rounds and reads the process after each, until the planner has enough.</summary>
internal sealed class CheckRounds(IOperationDriver driver, LeakCheckOptions options, VerdictOptions verdictOptions)
{
    private readonly long started = Stopwatch.GetTimestamp();

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
        var plan = new PlanOptions { Verdict = verdictOptions, Budget = options.Budget, Operations = options.Operations };
        IReadOnlyCollection<Judgement> judgements = [];
        TimeSpan perOperation = TimeSpan.Zero;
        TimeSpan perReading = TimeSpan.Zero;
        while (true)
        {
            PlannerStep step = RoundPlanner.Next(Log.History, judgements, plan, new RunCosts(Stopwatch.GetElapsedTime(started), perOperation, perReading));
            int extra = Log.History.Count(RoundKind.Base) + Log.History.Count(RoundKind.Dose) - plan.BaseRounds - plan.DoseRounds;
            if (step is StopRun || extra >= MostExtraRounds)
            {
                BudgetUsedUp = step is not StopRun { BudgetUsedUp: false };
                return;
            }

            var next = (NextRound)step;
            OperationTally driven = Drive(next);
            if (driven.TimedOut)
            {
                Hang = HangOf(driven);
                return;
            }

            long reading = Stopwatch.GetTimestamp();
            if (CheckReader.Read() is not { } settled)
            {
                Hang = OperationCheck.FinalizerHang(SettledCollection.DefaultDeadline);
                return;
            }

            var round = new Round(next.Kind, driven.Done, driven.Failed, Stopwatch.GetElapsedTime(started), driven.Duration);
            Log.Add(round, settled);
            judgements = judge(round);
            perReading = Stopwatch.GetElapsedTime(reading);
            perOperation = next.Operations > 0 ? driven.Duration / next.Operations : perOperation;
            if (Log.History.Rounds.Length == Math.Max(1, verdictOptions.Warmup) && Log.History.Operations.Done == 0)
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
        FirstError ??= driven.FirstError;
        return driven;
    }

    private Finding HangOf(OperationTally driven) => new()
    {
        Kind = FindingKind.Hang,
        Subject = Subject,
        Signature = "hang:operation",
        Confidence = Sentence.Of($"an operation had not ended after {options.OperationTimeout.TotalSeconds:0.###} s, and {Log.History.Operations.Done + driven.Done} had before it"),
    };
}
