using System.Diagnostics;
using System.Globalization;

namespace Limpet.TestTargets;

/// <summary>A hard target that does not leak: what it holds stays below a cap, and has stopped growing in the last stretch.</summary>
internal abstract class HarmlessTarget : HardTarget
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>The most that may ever be there, settled.</summary>
    protected abstract double Cap { get; }

    /// <summary>By how much the last reading may lie above the one before: 0 for what can be counted exactly.</summary>
    protected virtual double Slack => 0;

    protected override string Declaration => string.Create(CultureInfo.InvariantCulture, $"at most {Cap}");

    /// <summary>What goes by itself goes when the pool comes to it: a timer that is due is no longer active, and its work may not have begun.</summary>
    protected override double[] Reading(double[][] before)
    {
        long start = Stopwatch.GetTimestamp();
        double[] reading = Measured();
        while (!IsBounded(before, reading) && Stopwatch.GetElapsedTime(start) < s_patience)
        {
            Settling.Settle();
            reading = Measured();
        }

        return reading;
    }

    protected override bool BearsOut(double[][] readings, double[] seconds) =>
        Enumerable.Range(0, readings.Length).All(stretch => IsBounded(readings[..stretch], readings[stretch]));

    /// <summary>Whether a reading is within the cap and, after the stretch that fills the caches, not above the one before.</summary>
    private bool IsBounded(double[][] before, double[] reading) =>
        reading[0] <= Cap && (before.Length < 2 || reading[0] - before[^1][0] <= Slack);
}
