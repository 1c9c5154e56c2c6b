using Limpet.Cli.Watching.Tree;
using Limpet.Results;

namespace Limpet.Cli.Watching.Judging;

/// <summary>Whether the managed heap of a .NET process grows with its memory, by the counters of its runtime.</summary>
internal static class HeapShare
{
    /// <summary>A heap that makes up less of the growth than this is flat beside it.</summary>
    private const double Flat = 0.25;

    /// <summary>A hint for memory that grows; null for a process that is not .NET, or that does not tell.</summary>
    /// <param name="process">The process.</param>
    /// <param name="grown">By how much its memory has grown while its counters came, in bytes.</param>
    public static string? Hint(FollowedProcess process, double grown) => Hint(process.Pid, process.EndedAt is null, process.Counters?.Figures().Counter("gc-committed"), grown);

    /// <summary>A hint for memory that grows; null without the counter.</summary>
    public static string? Hint(int pid, bool runs, CounterFigure? committed, double grown)
    {
        if (committed is null || grown <= 0)
        {
            return null;
        }

        double heap = committed.Last - committed.First;
        string figures = $"the memory that the collector has committed went from {Size(committed.First)} to {Size(committed.Last)}";
        string who = runs ? $"{pid}" : "PID";
        return heap < Flat * grown
            ? $"the GC heap is flat: {figures}. What grows is outside of it, and limpet inspect {who} --memory says what it is"
            : $"the GC heap grows with it: {figures}. limpet hunt --pid {who} --idle 5s names what it is and what holds it";
    }

    private static ByteSize Size(double bytes) => new((long)bytes);
}
