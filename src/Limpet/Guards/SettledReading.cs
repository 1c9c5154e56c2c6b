using Limpet.Results;

namespace Limpet.Guards;

/// <summary>What the process held when no test ran and the heap was settled.</summary>
/// <param name="ManagedBytes">Live managed bytes.</param>
/// <param name="Descriptors">Open descriptors; null where they cannot be read.</param>
/// <param name="Threads">Threads of the program, without those that belong to the runtime; null where they cannot be read.</param>
/// <param name="Timers">Active timers.</param>
public sealed record SettledReading(ByteSize ManagedBytes, int? Descriptors, int? Threads, long Timers);
