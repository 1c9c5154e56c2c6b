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
    /// <param name="grown">By how much its memory has grown, in bytes.</param>
    public static string? Hint(FollowedProcess process, double grown) => process.Counters is { } counters ? Hint(process.Pid, process.EndedAt is null, counters.Figures(), grown) : null;

    /// <summary>A hint for memory that grows; null where nothing was published.</summary>
    public static string? Hint(int pid, bool runs, DotNetFigures published, double grown)
    {
        CounterFigure? committed = published.Counter("gc-committed");
        if ((committed ?? published.Counter("gc-heap-size")) is not { } heap || grown <= 0)
        {
            return null;
        }

        // What is committed is told by collections: without one there is only what was allocated.
        string figures = $"{(committed is null ? "nothing was collected, and its objects" : "the memory that the collector has committed")} went from {Size(heap.First)} to {Size(heap.Last)}";
        string who = runs ? FormattableString.Invariant($"{pid}") : "PID";
        return heap.Last - heap.First < Flat * grown
            ? $"the GC heap is flat: {figures}. What grows is outside of it, and limpet inspect {who} --memory says what it is"
            : $"the GC heap grows with it: {figures}. limpet hunt --pid {who} --idle 5s names what it is and what holds it";
    }

    private static ByteSize Size(double bytes) => new((long)bytes);
}
