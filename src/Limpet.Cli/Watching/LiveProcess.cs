using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Cli.Watching;

/// <summary>A process as the live view shows it.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Rss">Its resident memory.</param>
/// <param name="Peak">The largest so far.</param>
/// <param name="Descriptors">Open descriptors; null when they could not be listed.</param>
/// <param name="Threads">Threads.</param>
/// <param name="CpuSeconds">Processor time that it took.</param>
/// <param name="Memory">The course of its memory.</param>
/// <param name="Command">Its command line, redacted and escaped.</param>
internal sealed record LiveProcess(int Pid, ByteSize Rss, ByteSize Peak, int? Descriptors, int Threads, double CpuSeconds, ImmutableArray<SeriesPoint> Memory, string Command);
