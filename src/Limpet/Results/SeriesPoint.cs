namespace Limpet.Results;

/// <summary>A stretch of a series that was thinned: its extremes are kept.</summary>
/// <param name="AtSeconds">When it began, from the start of the run.</param>
/// <param name="Min">Lowest reading.</param>
/// <param name="Max">Highest reading.</param>
/// <param name="Last">Last reading.</param>
public readonly record struct SeriesPoint(double AtSeconds, double Min, double Max, double Last);
