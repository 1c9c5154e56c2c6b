namespace Limpet.Results;

/// <summary>Operations of a run.</summary>
/// <param name="Done">Operations that succeeded.</param>
/// <param name="Failed">Operations that failed.</param>
public sealed record OperationCount(long Done, long Failed);
