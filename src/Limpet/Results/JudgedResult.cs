using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Limpet.Results;

/// <summary>What results with a verdict have in common.</summary>
public abstract record JudgedResult : ResultEnvelope
{
    /// <summary>The verdict of the run.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one sentence made of the numbers below.</summary>
    public required string Reason { get; init; }

    /// <summary>What the run says of everything but its findings, which counts where these are known leaks; null where the verdict is not theirs.</summary>
    [JsonIgnore]
    public Absence? Otherwise { get; init; }

    /// <summary>Budgets that were stated, and whether they held.</summary>
    public ImmutableArray<BudgetResult> Budgets { get; init; } = [];

    /// <summary>The findings, gravest first.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}
