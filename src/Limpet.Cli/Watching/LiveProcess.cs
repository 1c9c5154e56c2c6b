using System.Collections.Immutable;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;

namespace Limpet.Cli.Watching;

/// <summary>A process as the live view shows it.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Rss">Its resident memory.</param>
/// <param name="Peak">The largest so far.</param>
/// <param name="Descriptors">Open descriptors; null when they could not be listed.</param>
/// <param name="Threads">Threads.</param>
/// <param name="CpuSeconds">Processor time that it took.</param>
/// <param name="Memory">The end of the course of its memory.</param>
/// <param name="Command">Its command line, redacted and escaped.</param>
internal sealed record LiveProcess(int Pid, ByteSize Rss, ByteSize Peak, int? Descriptors, int Threads, double CpuSeconds, ImmutableArray<SeriesPoint> Memory, string Command)
{
    /// <summary>A process as it is now, without its command line; under the lock of its tree.</summary>
    public static LiveProcess Of(FollowedProcess process) => new(
        process.Pid,
        process.Pulse.Rss,
        new ByteSize(process.PeakRss),
        process.DescriptorCount,
        process.Pulse.Threads,
        process.Pulse.Cpu.TotalSeconds,
        process.Course.Rss?.Latest(LiveScreen.MostPoints) ?? [],
        "");
}
