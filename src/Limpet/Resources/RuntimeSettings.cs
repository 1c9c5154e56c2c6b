using System.Collections.Immutable;

namespace Limpet.Resources;

/// <summary>What is set of the collector and the compiler of a program.</summary>
/// <param name="Values">Variables of its environment and properties of its runtime configuration, by name.</param>
/// <param name="IsWhole">Whether both were read: then what is not set is as the runtime has it.</param>
public sealed record RuntimeSettings(ImmutableSortedDictionary<string, string> Values, bool IsWhole);
