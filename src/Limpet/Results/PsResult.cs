using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>The result of <c>limpet ps</c>.</summary>
public sealed record PsResult : ResultEnvelope
{
    /// <inheritdoc />
    public override string Schema => "limpet.ps/1";

    /// <summary>The processes, by id.</summary>
    public required ImmutableArray<ProcessSummary> Processes { get; init; }
}
