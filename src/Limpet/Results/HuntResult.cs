namespace Limpet.Results;

/// <summary>The result of <c>limpet hunt</c>.</summary>
public sealed record HuntResult : JudgedResult
{
    /// <inheritdoc />
    public override string Schema => "limpet.hunt/1";

    /// <summary>Operations driven, warm-up included.</summary>
    public required OperationCount Operations { get; init; }

    /// <summary>Every reading that the verdict rests on.</summary>
    public Measurements Measurements { get; init; } = new();
}
