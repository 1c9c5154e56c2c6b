using System.Globalization;

namespace Limpet.TestTargets;

/// <summary>A hard target that does not leak: what it holds stays below a cap, and has stopped growing in the last stretch.</summary>
internal abstract class HarmlessTarget : HardTarget
{
    /// <summary>The most that may ever be there, settled.</summary>
    protected abstract double Cap { get; }

    /// <summary>By how much the last reading may lie above the one before: 0 for what can be counted exactly.</summary>
    protected virtual double Slack => 0;

    protected override string Declaration => string.Create(CultureInfo.InvariantCulture, $"at most {Cap}");

    protected override bool BearsOut(double[][] readings, double[] seconds) =>
        readings.All(reading => reading[0] <= Cap) && readings[2][0] - readings[1][0] <= Slack;
}
