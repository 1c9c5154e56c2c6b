namespace Limpet.Cli.Watching.Tree;

/// <summary>The readings of a whole tree at one moment.</summary>
internal readonly record struct TreePulse(TimeSpan At, long Rss, long? Pss, long? Descriptors, long Threads, int Processes, double CpuSeconds)
{
    /// <summary>Processes beside the watched one.</summary>
    public long Children => Math.Max(0, Processes - 1);
}
