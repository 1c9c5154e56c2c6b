using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>One thing that was found, with every number its claim rests on.</summary>
public sealed record Finding
{
    /// <summary>What kind of finding this is.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>What grows or stays: a type name for managed findings, else what is counted, such as <c>socket</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>How it stands against the baseline.</summary>
    public FindingStatus Status { get; init; } = FindingStatus.New;

    /// <summary>A stable id of the finding: the same leak has the same signature in another run.</summary>
    public required string Signature { get; init; }

    /// <summary>Growth per successful operation, over the judged rounds.</summary>
    public Amount? PerOperation { get; init; }

    /// <summary>Growth per second, when time explains the growth better than operations do.</summary>
    public Amount? PerSecond { get; init; }

    /// <summary>
    /// What was counted of it after each round, in the order of <see cref="Measurements.Rounds"/>: bytes where <see cref="Retained"/> has no count. Null where it was not read; empty where nothing
    /// is counted by round.
    /// </summary>
    public ImmutableArray<double?> Course { get; init; } = [];

    /// <summary>What was retained at the last settled reading.</summary>
    public Amount? Retained { get; init; }

    /// <summary>The three readings of the last round, in the unit of the finding's count.</summary>
    public Readings? Readings { get; init; }

    /// <summary>What the stretch with twice the operations should have grown by, and did, relative to the stretch before it.</summary>
    public DoseResult? Dose { get; init; }

    /// <summary>Successful operations through which the growth was seen. A cap above this number is not excluded.</summary>
    public long SeenUpToOperations { get; init; }

    /// <summary>The line that subscribes, adds, starts or captures, where it is known.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>Why the finding is believed, in one sentence made of its numbers.</summary>
    public required string Confidence { get; init; }

    /// <summary>What holds the subject, where it is known.</summary>
    public RetentionTrace? Holder { get; init; }

    /// <summary>What to change; null where heap and symbols do not show it.</summary>
    public string? Hint { get; init; }

    /// <summary>Stacks of the threads, for a <see cref="FindingKind.Hang"/> or a <see cref="FindingKind.ThreadLeak"/>.</summary>
    public ImmutableArray<ThreadStackGroup> Stacks { get; init; } = [];

    /// <summary>Other measurements that this finding explains, such as descriptors that the leaked objects hold.</summary>
    public ImmutableArray<RelatedGrowth> Related { get; init; } = [];
}
