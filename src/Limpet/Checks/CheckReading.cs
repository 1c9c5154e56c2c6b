namespace Limpet.Checks;

/// <summary>What a check reads of its own process; NaN for what this platform or the system refuses.</summary>
/// <param name="ManagedBytes">Bytes that the last full collection marked.</param>
/// <param name="NativeBytes">Private memory outside the managed heap.</param>
/// <param name="Descriptors">Open descriptors.</param>
/// <param name="Threads">Threads of the operating system.</param>
/// <param name="Timers">Active timers.</param>
internal readonly record struct CheckReading(double ManagedBytes, double NativeBytes, double Descriptors, double Threads, double Timers)
{
    /// <summary>A reading by the name of its metric.</summary>
    public double Of(string metric) => metric switch
    {
        CheckMetric.ManagedBytes => ManagedBytes,
        CheckMetric.NativeBytes => NativeBytes,
        CheckMetric.Descriptors => Descriptors,
        CheckMetric.Threads => Threads,
        CheckMetric.Timers => Timers,
        _ => throw new InvalidOperationException($"Bug in Limpet: there is no metric {metric}."),
    };
}
