using System.Collections.Immutable;
using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Checks;

/// <summary>What a check found. <see cref="CheckReport.Write"/> makes a report of it.</summary>
public sealed record CheckResult
{
    /// <summary>What was checked.</summary>
    public required string Subject { get; init; }

    /// <summary>The verdict: the worst of the findings, or what the check says without one.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one sentence made of the numbers.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether a test may pass: <see cref="Verdict.Clean"/>, <see cref="Verdict.Delayed"/> or <see cref="Verdict.Bounded"/>. What was not decided is no pass.</summary>
    public bool Passed => Verdict is Verdict.Clean or Verdict.Delayed or Verdict.Bounded;

    /// <summary>Operations that were run, warm-up included; calls of the factory for an object that must be collected.</summary>
    public required OperationCount Operations { get; init; }

    /// <summary>The findings, gravest first.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Every reading that the verdict rests on; empty for an object that must be collected.</summary>
    public Measurements Measurements { get; init; } = new();

    /// <summary>Things to know beside the findings.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>What could not be seen.</summary>
    public ImmutableArray<string> BlindSpots { get; init; } = [];

    /// <summary>The findings as the tool draws them, in the same order; empty where the tool was not asked.</summary>
    internal ImmutableArray<string> Drawings { get; init; } = [];

    /// <summary>Why a finding has no trace; null where there is one, or none is needed.</summary>
    public string? NoTraceReason { get; init; }

    /// <summary>
    /// How the process was read for the traces: from its memory; where the system refuses that from a dump by its own runtime, else from the events of that runtime, which name no members. Null where
    /// there are no traces.
    /// </summary>
    public CaptureWay? TraceWay => Drawings.IsEmpty ? null : Origin.Way;

    /// <summary>How the process was read, and why so.</summary>
    internal TraceOrigin Origin { get; init; } = TraceOrigin.Memory;

    /// <summary>How long the check took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The first exception that the subject threw; null where it threw none.</summary>
    public Exception? SubjectError { get; init; }

    /// <summary>The result with how the process was read for its traces.</summary>
    internal CheckResult Traced(TraceOrigin origin) => this with { Origin = origin, BlindSpots = [.. BlindSpots, .. origin.BlindSpots] };

    /// <summary>The verdict and its subject, in a few words: NUnit shows the properties of an exception below its message, which is the whole report.</summary>
    public override string ToString() => $"{Verdict}: {Subject}";
}
