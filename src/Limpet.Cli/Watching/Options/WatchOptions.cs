using System.Collections.Immutable;
using Limpet.Cli.Commands;
using Limpet.Cli.Watching.Marks;

namespace Limpet.Cli.Watching.Options;

/// <summary>What to watch, and for what.</summary>
internal sealed record WatchOptions
{
    /// <summary>The line that this was typed as; null when there was none.</summary>
    public TypedLine? Line { get; init; }

    /// <summary>The command to start; empty when a process is watched.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>The process to watch; null when a command is started.</summary>
    public int? Pid { get; init; }

    /// <summary>What marks in the output look like; null for none.</summary>
    public MarkPattern? Mark { get; init; }

    /// <summary>Where programs write marks; null for nowhere.</summary>
    public string? MarkFile { get; init; }

    /// <summary>A phase begins whenever this time has passed; null for not.</summary>
    public TimeSpan? MarkEvery { get; init; }

    public BudgetOptions Budgets { get; init; } = new();

    /// <summary>How long to watch; null for to the end.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>A phase that takes longer is said to stall.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(60);

    public bool PassExitCode { get; init; }

    /// <summary>Whether the runtimes of .NET processes are not asked for their counters.</summary>
    public bool NoCounters { get; init; }

    public string? Json { get; init; }

    public bool Quiet { get; init; }

    public bool Verbose { get; init; }

    public bool NoColor { get; init; }

    public bool NoRedact { get; init; }

    /// <summary>Whether there are phases to be had.</summary>
    public bool WantsMarks => Mark is not null || MarkFile is not null || MarkEvery is not null;
}
