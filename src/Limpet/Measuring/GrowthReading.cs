using Limpet.Results;

namespace Limpet.Measuring;

/// <summary>One settled reading between operations.</summary>
/// <param name="Operations">How many operations had run; 0 is the baseline.</param>
/// <param name="Managed">Managed memory that was reachable.</param>
/// <param name="Threads">Threads, without the pool's; null where the system does not tell.</param>
/// <param name="Descriptors">Open descriptors; null where the system does not tell.</param>
/// <param name="FinalizersFinished">Whether finalizers finished before it.</param>
public sealed record GrowthReading(int Operations, ByteSize Managed, int? Threads, int? Descriptors, bool FinalizersFinished);
