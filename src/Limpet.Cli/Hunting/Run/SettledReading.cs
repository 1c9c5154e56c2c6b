using System.Collections.Immutable;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Resources;

namespace Limpet.Cli.Hunting.Run;

/// <summary>What one round's readings are: one right after the operations, one after the collection protocol.</summary>
/// <param name="Immediate">The process right after the operations.</param>
/// <param name="Settled">The process after the collections.</param>
/// <param name="Census">The live heap.</param>
/// <param name="CommittedHeap">Bytes that the collector has committed.</param>
/// <param name="WaitingForFinalizer">Objects whose finalizer had not run.</param>
/// <param name="Stall">How long the target stood still.</param>
internal sealed record SettledReading(
    ProcessReading Immediate, ProcessReading Settled, HeapCensus Census, long CommittedHeap, int WaitingForFinalizer, TimeSpan Stall)
{
    /// <summary>The settled readings by metric; NaN for what was refused.</summary>
    public ImmutableSortedDictionary<string, double> Metrics { get; } = new Dictionary<string, double>
    {
        [Metric.Objects] = Census.Objects,
        [Metric.ManagedBytes] = Census.Bytes,
        [Metric.Timers] = Census.ActiveTimers,
        [Metric.PendingAsync] = Census.PendingAsyncCount,
        [Metric.FinalizerQueue] = WaitingForFinalizer,
        [Metric.NativeBytes] = (Settled.PrivateBytes?.Bytes - CommittedHeap) ?? double.NaN,
    }.Concat(Of(Settled)).ToImmutableSortedDictionary();

    /// <summary>Private memory outside the managed heap, by what it is for.</summary>
    public ImmutableSortedDictionary<MemoryAreaKind, double> NativeParts { get; init; } = ImmutableSortedDictionary<MemoryAreaKind, double>.Empty;

    /// <summary>Threads by what their names have in common.</summary>
    public ImmutableSortedDictionary<string, int>? ThreadsByPattern { get; } = Settled.ThreadsByName?
        .GroupBy(name => NamePattern.Of(name.Key), StringComparer.Ordinal)
        .ToImmutableSortedDictionary(pattern => pattern.Key, pattern => pattern.Sum(name => name.Value), StringComparer.Ordinal);

    /// <summary>The same without the list of every descriptor, which can be long.</summary>
    public SettledReading WithoutDescriptors() => this with { Immediate = Immediate with { Descriptors = null }, Settled = Settled with { Descriptors = null } };

    /// <summary>Private memory by kind, without the mappings that the managed heap lies in.</summary>
    public static ImmutableSortedDictionary<MemoryAreaKind, double> NativePartsOf(IEnumerable<MemoryArea> areas, IReadOnlyCollection<HeapSegment> segments) => areas
        .Where(area => !segments.Any(segment => segment.Start < area.End && area.Start < segment.End))
        .GroupBy(area => area.Kind)
        .ToImmutableSortedDictionary(kind => kind.Key, kind => (double)kind.Sum(area => area.PrivateBytes));

    /// <summary>What can be read without a capture, by metric; NaN for what was refused.</summary>
    public static Dictionary<string, double> Of(ProcessReading reading) => new()
    {
        [Metric.Descriptors] = reading.DescriptorCount ?? double.NaN,
        [Metric.Threads] = reading.ThreadCount ?? double.NaN,
        [Metric.PrivateBytes] = reading.PrivateBytes?.Bytes ?? double.NaN,
    };
}
