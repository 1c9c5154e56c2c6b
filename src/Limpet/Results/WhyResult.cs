using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>The result of <c>limpet why</c>.</summary>
public sealed record WhyResult : ResultEnvelope
{
    /// <inheritdoc />
    public override string Schema => "limpet.why/1";

    /// <summary>What was asked for.</summary>
    public required WhyMatches Matches { get; init; }

    /// <summary>The ways that hold it, merged by shape.</summary>
    public ImmutableArray<WhyTrace> Traces { get; init; } = [];

    /// <summary>Number of further shapes that were not asked for.</summary>
    public int OmittedShapes { get; init; }
}
