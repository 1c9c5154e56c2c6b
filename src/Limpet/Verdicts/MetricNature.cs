namespace Limpet.Verdicts;

/// <summary>How the numbers of a metric behave, which decides how they are judged.</summary>
public enum MetricNature
{
    /// <summary>Exact integers: instances, descriptors, threads, timers.</summary>
    Count,

    /// <summary>Memory in bytes: noisy. It decides alone only for native memory.</summary>
    Bytes,
}
