namespace Limpet.Results;

/// <summary>The three readings of one round. A reading that was not taken is null, never 0.</summary>
/// <param name="Immediate">Right after the operations.</param>
/// <param name="Natural">Later, without a forced collection.</param>
/// <param name="Settled">After the collection protocol.</param>
public sealed record Readings(double? Immediate, double? Natural, double? Settled);
