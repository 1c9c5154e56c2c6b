using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>The result of <c>limpet doctor</c>.</summary>
public sealed record DoctorResult : ResultEnvelope
{
    /// <inheritdoc />
    public override string Schema => "limpet.doctor/1";

    /// <summary>The checks, in the order of a reader's interest.</summary>
    public required ImmutableArray<MachineCheck> Checks { get; init; }

    /// <summary>The rate that was asked about, such as <c>6.6 KB/request at 1000/min</c>; null without one.</summary>
    public string? Rate { get; init; }

    /// <summary>When the limits are reached at that rate.</summary>
    public ImmutableArray<LimitProjection> Projections { get; init; } = [];
}
