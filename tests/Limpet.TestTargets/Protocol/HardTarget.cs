using System.Diagnostics;
using System.Globalization;

namespace Limpet.TestTargets;

/// <summary>
/// A program as a team would write it for production, whose truth is declared as data. Its self-check measures after one, two and
/// three stretches of operations: what it declares must show in the differences, whatever the program took to warm up.
/// </summary>
internal abstract class HardTarget : CheckedTarget
{
    public abstract Truth Truth { get; }

    /// <summary>What the self-check counts, settled: one figure for each finding, in its order, or one alone for a harmless program.</summary>
    protected virtual double[] Measured() => [Subjects.Alive()];

    /// <summary>Takes the reading after a stretch.</summary>
    /// <param name="before">The readings after the stretches before.</param>
    protected virtual double[] Reading(double[][] before) => Measured();

    /// <summary>Whether the readings after one, two and three stretches bear out what is declared.</summary>
    /// <param name="readings">The figures of each reading.</param>
    /// <param name="seconds">When each reading was taken, from the start.</param>
    protected abstract bool BearsOut(double[][] readings, double[] seconds);

    /// <summary>What is declared, for the line of numbers.</summary>
    protected abstract string Declaration { get; }

    public override int SelfCheck()
    {
        Subjects.Counting = true;
        Build();
        StartMeasuring();
        double[][] readings = new double[3][];
        double[] seconds = new double[3];
        long start = Stopwatch.GetTimestamp();
        for (int stretch = 0; stretch < readings.Length; stretch++)
        {
            Drive(first: 1 + (stretch * CheckedOperations));
            Settling.Settle();
            readings[stretch] = Reading(readings[..stretch]);
            seconds[stretch] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        bool right = BearsOut(readings, seconds);
        string measured = string.Join(" → ", readings.Select(Figures));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{GetType().Name}: {(right ? "as declared" : "NOT AS DECLARED")}, {Declaration}; measured {measured} in three times {CheckedOperations} operations, {seconds[^1]:0.0} s"));
        return right ? 0 : 1;
    }

    private static string Figures(double[] reading) =>
        string.Join('/', reading.Select(figure => figure.ToString("0.##", CultureInfo.InvariantCulture)));
}
