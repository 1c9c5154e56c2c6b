namespace Limpet.Results;

/// <summary>The course of one counter of a .NET process, in numbers.</summary>
/// <param name="Source">The meter; <c>System.Runtime</c> for the counters of the runtime.</param>
/// <param name="Name">The counter or instrument, as .NET calls it.</param>
/// <param name="Tags">What tells series of one instrument apart; empty where nothing does.</param>
/// <param name="Unit">The unit; may be empty.</param>
/// <param name="IsRate">Whether the values are what came in each interval, and not levels.</param>
/// <param name="First">The first value.</param>
/// <param name="Last">The last value.</param>
/// <param name="Max">The highest value.</param>
/// <param name="Total">All values added up, of a rate; 0 for a level.</param>
public sealed record CounterFigure(string Source, string Name, string Tags, string Unit, bool IsRate, double First, double Last, double Max, double Total);
