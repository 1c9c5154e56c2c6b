namespace Limpet.Results;

/// <summary>How well the watching itself went, and what it cost.</summary>
/// <param name="Samples">Readings of the tree.</param>
/// <param name="Gaps">Times in which nothing was read for three intervals or longer.</param>
/// <param name="CpuSeconds">Processor time of this tool.</param>
public sealed record MonitorFigures(long Samples, int Gaps, double CpuSeconds)
{
    /// <summary>Readings that should have been taken and were not.</summary>
    public long MissedSamples { get; init; }

    /// <summary>The longest time without a reading.</summary>
    public double LongestGapSeconds { get; init; }

    /// <summary>Readings that the system refused.</summary>
    public long RefusedReadings { get; init; }

    /// <summary>Processes whose parent had ended, and which this tool reaped in its place.</summary>
    public int ReapedOrphans { get; init; }

    /// <summary>Lines of output in which marks were looked for; null when they were not.</summary>
    public long? LinesRead { get; init; }

    /// <summary>Marks that were seen; null when none were asked for.</summary>
    public long? Marks { get; init; }

    /// <summary>Marks behind which the program had gone on before the reading was taken; null when none were asked for.</summary>
    public long? LateMarks { get; init; }
}
