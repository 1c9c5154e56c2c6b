namespace Limpet.Measuring;

/// <summary>How a <see cref="MemoryProfiler"/> measures.</summary>
public sealed record MemoryProfilerOptions
{
    /// <summary>How long finalizers may take before a reading.</summary>
    /// <value>10 s unless set; more than zero.</value>
    public TimeSpan FinalizerDeadline { get; init; } = SettledCollection.DefaultDeadline;

    /// <summary>
    /// Whether free memory is given back to the system before each reading, so that <see cref="MemoryProfiler.ResidentGrowth"/> is of memory in use: an
    /// aggressive collection and <c>malloc_trim</c>. It makes a reading dearer (10 ms and more), and the program slower for a while.
    /// </summary>
    /// <value>False unless set.</value>
    public bool ReturnFreeMemory { get; init; }
}
