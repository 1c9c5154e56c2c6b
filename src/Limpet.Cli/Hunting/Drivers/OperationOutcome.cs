namespace Limpet.Cli.Hunting.Drivers;

/// <summary>How an operation ended.</summary>
/// <param name="Failure">Why it failed, safe to show; null when it succeeded.</param>
internal readonly record struct OperationOutcome(string? Failure)
{
    public static OperationOutcome Succeeded => default;

    public bool IsSuccess => Failure is null;

    public static OperationOutcome Failed(string reason) => new(reason);
}
