using System.Collections.Immutable;
using Limpet.Cli.Commands;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting;

/// <summary>Everything that a hunt was told, from its file and its command line, checked.</summary>
internal sealed record HuntOptions
{
    /// <summary>The command to start, word by word; empty when a process id is given.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>The process to look at; null when a command is started.</summary>
    public int? Pid { get; init; }

    /// <summary>What one operation is.</summary>
    public required DriverOptions Driver { get; init; }

    /// <summary>When the target is ready.</summary>
    public ReadinessOptions Ready { get; init; } = new(null, null, ReadinessOptions.DefaultTimeout);

    /// <summary>How long the hunt may take, before it says what it knows. 45 s.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Measured rounds; null: as many as the verdict needs within the budget.</summary>
    public int? Rounds { get; init; }

    /// <summary>Operations a round; null: by how long an operation takes.</summary>
    public int? Operations { get; init; }

    /// <summary>Rounds before the measured ones. 2.</summary>
    public int Warmup { get; init; } = 2;

    /// <summary>Deadline of one operation. 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Operations at the same time. 1.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Which process of the started tree is meant; null: the only .NET program in it.</summary>
    public string? Process { get; init; }

    /// <summary>Fewer rounds, for a first look.</summary>
    public bool Quick { get; init; }

    /// <summary>Whether leaks may be known, so that one of them decides nothing about the rest.</summary>
    public bool HasBaseline { get; init; }

    /// <summary>A capture that is predicted to stop the target longer is refused. 2 s.</summary>
    public TimeSpan MaxStall { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Variables added to the environment of the started command.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Folder in which the command runs; null: the current one. That of the hunt file, when there is one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The hunt file; null when there is none.</summary>
    public string? File { get; init; }

    /// <summary>The command line that said all this; null when none did.</summary>
    public TypedLine? Line { get; init; }

    /// <summary>Where the JSON result goes: a path, <c>-</c> for standard output, or null.</summary>
    public string? Json { get; init; }

    /// <summary>Nothing but the verdict.</summary>
    public bool Quiet { get; init; }

    /// <summary>Time-stamped lines and the output of the target.</summary>
    public bool Verbose { get; init; }

    /// <summary>No colour.</summary>
    public bool NoColor { get; init; }

    /// <summary>Secrets are not taken out of reports.</summary>
    public bool NoRedact { get; init; }

    /// <summary>How its rounds are planned.</summary>
    public PlanOptions ToPlan() => new()
    {
        Verdict = (Quick ? VerdictOptions.Quick : VerdictOptions.Default) with { Warmup = Warmup },
        Budget = Budget,
        Rounds = Rounds,
        Operations = Operations,
        Stretch = (Driver as DriverOptions.Idle)?.Stretch,
        Pauses = true,
        StopsAtLeak = !HasBaseline,
    };
}
