using System.Collections.Immutable;
using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

/// <summary>Rounds and readings written down by hand: base rounds of 41 operations, dose rounds of 83, each operation 10 ms, each reading 0.4 s.</summary>
public sealed class DrawnRun
{
    public const long BaseOperations = 41;

    public const long DoseOperations = 83;

    private readonly DriveMode _mode;
    private double _seconds;
    private double _pace = 0.02;

    public DrawnRun(DriveMode mode = DriveMode.Operations)
    {
        _mode = mode;
        History = RunHistory.Empty(mode);
    }

    public RunHistory History { get; private set; }

    public ImmutableArray<double> Values { get; private set; } = [];

    /// <summary>Two warm-up rounds, eight base rounds with an idle one after the second, fourth and sixth, four dose rounds.</summary>
    public static DrawnRun Standard(long baseOperations = BaseOperations, long doseOperations = DoseOperations, double pace = 0.02)
    {
        var run = new DrawnRun { _pace = pace };
        run.Add(RoundKind.Warmup, 3).Add(RoundKind.Warmup, baseOperations);
        for (int i = 1; i <= 8; i++)
        {
            run.Add(RoundKind.Base, baseOperations);
            if (i is 2 or 4 or 6)
            {
                run.Add(RoundKind.Idle, 0);
            }
        }

        for (int i = 0; i < 4; i++)
        {
            run.Add(RoundKind.Dose, doseOperations);
        }

        return run;
    }

    public DrawnRun Add(RoundKind kind, long operations, double value = double.NaN, double seconds = 0.41)
    {
        double drive = operations > 0 ? operations * _pace : seconds;
        _seconds += drive + 0.4;
        History = History.With(new Round(kind, operations, 0, TimeSpan.FromSeconds(_seconds), TimeSpan.FromSeconds(drive)));
        Values = Values.Add(value);
        return this;
    }

    /// <summary>Readings as a function of the operations and the driven rounds so far (warm-up included).</summary>
    public DrawnRun Reads(Func<double, int, double> reading)
    {
        double operations = 0;
        int driven = 0;
        var values = ImmutableArray.CreateBuilder<double>();
        foreach (Round round in History.Rounds)
        {
            operations += round.Operations;
            driven += round.Kind == RoundKind.Idle ? 0 : 1;
            values.Add(reading(operations, driven));
        }

        Values = values.ToImmutable();
        return this;
    }

    public DrawnRun Reads(params ReadOnlySpan<double> values)
    {
        Values = [.. values];
        return this;
    }

    public DrawnRun Change(Func<int, double, double> change)
    {
        Values = [.. Values.Select((value, index) => change(index, value))];
        return this;
    }

    public Judgement Judge(bool budgetUsedUp = false, MetricNature nature = MetricNature.Count, VerdictOptions? options = null) =>
        GrowthJudge.Judge(History, new Series("Thing", nature, Values), options ?? VerdictOptions.Default, budgetUsedUp);

    public override string ToString() => $"{_mode} [{string.Join(", ", Values)}] {Judge(true).Shape}: {Judge(true).Reason}";
}
