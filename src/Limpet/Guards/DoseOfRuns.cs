namespace Limpet.Guards;

/// <summary>What a test left when it ran alone again and again, and then twice as often.</summary>
/// <param name="WarmUp">Runs before the first figure.</param>
/// <param name="Runs">Runs of the first stretch.</param>
/// <param name="Growth">What they left.</param>
/// <param name="DoubledRuns">Runs of the second stretch: twice as many.</param>
/// <param name="DoubledGrowth">What they left.</param>
public sealed record DoseOfRuns(int WarmUp, int Runs, long Growth, int DoubledRuns, long DoubledGrowth);
