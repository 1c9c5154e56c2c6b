using Limpet.Results;

namespace Limpet.Capture.Residency;

/// <summary>Memory of which somebody knows what it is for.</summary>
/// <param name="Start">Its first address.</param>
/// <param name="End">The address behind its last.</param>
/// <param name="Use">What it is for.</param>
/// <param name="Rank">Where two claim the same, the lower rank has it.</param>
internal readonly record struct ClaimedRange(ulong Start, ulong End, MemoryUse Use, int Rank);
