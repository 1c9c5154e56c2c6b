using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>The result of <c>limpet hunt</c>.</summary>
public sealed record HuntResult : ResultEnvelope
{
    /// <inheritdoc />
    public override string Schema => "limpet.hunt/1";

    /// <summary>The verdict of the run.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one sentence made of the numbers below.</summary>
    public required string Reason { get; init; }

    /// <summary>Operations driven, warm-up included.</summary>
    public required OperationCount Operations { get; init; }

    /// <summary>Budgets that were stated, and whether they held.</summary>
    public ImmutableArray<BudgetResult> Budgets { get; init; } = [];

    /// <summary>The findings, gravest first.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Every reading that the verdict rests on.</summary>
    public Measurements Measurements { get; init; } = new();
}
