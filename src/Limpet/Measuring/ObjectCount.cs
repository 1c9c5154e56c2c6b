using Limpet.Tracking;

namespace Limpet.Measuring;

/// <summary>How many tracked objects of one type came and went.</summary>
/// <param name="Type">The full name of the type, of the objects themselves and not of a base.</param>
/// <param name="Counts">How many were born, died and are alive.</param>
public sealed record ObjectCount(string Type, InstanceCounts Counts);
