using System.Collections.Immutable;
using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

/// <summary>Drives a simulated program through planner and judge on a clock that only counts.</summary>
public sealed record SimulatedRun(Judgement Judgement, RunHistory History, StopRun Stop, double Seconds, ImmutableArray<double> Values)
{
    public static readonly TimeSpan FastOperation = TimeSpan.FromMilliseconds(2);

    public static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(400);

    /// <summary>Readings that cost what the first ones do, where those cost more: as many as a machine that is busy at the start makes slow.</summary>
    private const int SlowReadings = 2;

    public static SimulatedRun Of(
        SimulatedProgram program,
        TimeSpan? operation = null,
        TimeSpan? reading = null,
        TimeSpan? firstReadings = null,
        PlanOptions? plan = null,
        DriveMode mode = DriveMode.Operations,
        MetricNature nature = MetricNature.Count)
    {
        double perOperation = (operation ?? FastOperation).TotalSeconds;
        double usually = (reading ?? Reading).TotalSeconds;
        double perReading = (firstReadings ?? reading ?? Reading).TotalSeconds;
        plan ??= new PlanOptions { Pauses = true };
        var history = RunHistory.Empty(mode);
        ImmutableArray<double> values = [];
        IReadOnlyCollection<Judgement> judgements = [];
        double now = 0;
        double measured = 0;
        for (int round = 0; round < 500; round++)
        {
            var costs = new RunCosts(Span(now), Span(measured), history.Rounds.IsEmpty ? TimeSpan.Zero : Span(perReading));
            PlannerStep step = RoundPlanner.Next(history, judgements, plan, costs);
            if (step is StopRun stop)
            {
                Judgement last = GrowthJudge.Judge(history, new Series("Thing", nature, values), plan.Verdict, stop.BudgetUsedUp);
                return new SimulatedRun(last, history, stop, now, values);
            }

            var next = (NextRound)step;
            double began = now;
            for (long i = 0; i < next.Operations; i++)
            {
                // The first operation compiles.
                now += perOperation + (now == 0 ? 0.3 : 0) + (next.Stretch.TotalSeconds / next.Operations);
                program.Operate(now);
                now += program.Slower();
            }

            now += next.Operations == 0 ? next.Stretch.TotalSeconds : 0;
            TimeSpan paused = next.Operations == 0 ? TimeSpan.Zero : next.Stretch;
            double drove = now - began - paused.TotalSeconds;
            measured = next.Operations > 0 ? drove / next.Operations : measured;
            now += perReading;
            perReading = history.Rounds.Length < SlowReadings ? perReading : usually;
            values = values.Add(program.Read(now));
            history = history.With(new Round(next.Kind, next.Operations, 0, Span(now), Span(drove)) { Paused = paused });
            judgements = [GrowthJudge.Judge(history, new Series("Thing", nature, values), plan.Verdict, budgetUsedUp: false)];
        }

        throw new InvalidOperationException("The planner did not stop within 500 rounds.");
    }

    public override string ToString() =>
        $"{Judgement.Shape} after {Seconds:0.0} s: {Judgement.Reason} [{string.Join(", ", History.Rounds.Zip(Values, (r, v) => $"{r.Kind}/{r.Operations}={v:0}"))}] {Stop.Reason}";

    private static TimeSpan Span(double seconds) => TimeSpan.FromSeconds(seconds);
}
