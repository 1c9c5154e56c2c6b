using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>A process of a watched tree.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Command">Its command line, secrets redacted; empty when it could not be seen.</param>
/// <param name="ExitCode">How it ended: its exit code, 128 and the signal when one ended it; null while it runs, and where only its parent knows.</param>
public sealed record WatchedProcess(int Pid, ImmutableArray<string> Command, int? ExitCode)
{
    /// <summary>When it was first seen, from the start of the run.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>When it was seen to have ended; null when it still ran at the end.</summary>
    public double? EndSeconds { get; init; }

    /// <summary>The highest readings.</summary>
    public TreeFigures Peak { get; init; } = new();

    /// <summary>The course of its readings, by metric. Only processes that took most have one, and only while they lived for longer than a few seconds.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<SeriesPoint>> Series { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<SeriesPoint>>.Empty;

    /// <summary>Processor time that it took.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>What its runtime published; null for a process that is not .NET, or that ended before it could be asked.</summary>
    public DotNetFigures? DotNet { get; init; }

    /// <summary>Whether it was left running when the watched command had ended.</summary>
    public bool Orphan { get; init; }
}
