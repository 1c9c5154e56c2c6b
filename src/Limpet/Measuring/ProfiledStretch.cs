using System.Collections.Immutable;
using Limpet.Resources;

namespace Limpet.Measuring;

/// <summary>What a profiler read when it was stopped.</summary>
internal sealed record ProfiledStretch(
    MemorySnapshot Immediate, MemorySnapshot Final, ResidentMemory? Returned, ResourceDifference Resources, ImmutableArray<string> Warnings);
