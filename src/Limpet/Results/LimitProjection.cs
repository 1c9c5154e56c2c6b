namespace Limpet.Results;

/// <summary>How far it is to a limit, if growth goes on as it did.</summary>
/// <param name="Limit">The limit: <c>openFiles</c>, <c>cgroupMemory</c>, <c>hostMemory</c>.</param>
/// <param name="LimitValue">Its value.</param>
/// <param name="InPhases">Phases until it is reached; null where phases do not explain the growth.</param>
/// <param name="InSeconds">Seconds until it is reached.</param>
public sealed record LimitProjection(string Limit, double LimitValue, double? InPhases, double? InSeconds)
{
    /// <summary>What was used at the end of the run.</summary>
    public double Used { get; init; }

    /// <summary>The lower end of the interval in which the number of phases (or seconds, without phases) lies with 95 % confidence; null when it is not known.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end; null when it may never be reached.</summary>
    public double? High { get; init; }
}
