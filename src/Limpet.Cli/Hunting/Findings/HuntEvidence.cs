using System.Collections.Immutable;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap.Growth;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Everything that the findings of a hunt are made of.</summary>
/// <param name="Log">The rounds with their readings.</param>
/// <param name="Run">Every series, judged.</param>
/// <param name="Heap">The last capture; null when there is none.</param>
/// <param name="Unsettled">Objects by type as they were counted before the collections.</param>
internal sealed record HuntEvidence(HuntLog Log, JudgedRun Run, HeapView? Heap, IReadOnlyDictionary<string, (long Immediate, long Natural)> Unsettled)
{
    /// <summary>What is known of the sockets that are open at the end.</summary>
    public IReadOnlyDictionary<long, SocketInfo> Sockets { get; init; } = ImmutableDictionary<long, SocketInfo>.Empty;

    /// <summary>The stacks at the end; empty unless threads grew.</summary>
    public ImmutableArray<ThreadStackGroup> Stacks { get; init; } = [];

    /// <summary>Whether collections were induced between the immediate readings and the settled ones.</summary>
    public bool Collects { get; init; } = true;

    public SettledReading Last => Log.Readings[^1];

    /// <summary>The round that growth and rates are taken from.</summary>
    public int From { get; } = Log.RatesFrom;

    /// <summary>The reading of the last warm-up round.</summary>
    public SettledReading Baseline => Log.Readings[Log.Baseline];

    /// <summary>Growth of a counter over the rounds that rates are made of.</summary>
    public double GrowthOf(string counter)
    {
        double[] read = [.. Log.Readings.Skip(From).Select(reading => reading.Metrics[counter]).Where(double.IsFinite)];
        return read.Length == 0 ? double.NaN : read[^1] - read[0];
    }

    /// <summary>Growth of native memory of one kind over the same rounds.</summary>
    public double NativeGrowthOf(MemoryAreaKind kind) => Last.NativeParts.GetValueOrDefault(kind) - Log.Readings[From].NativeParts.GetValueOrDefault(kind);

    /// <summary>Descriptors that were opened since the baseline and are open still.</summary>
    public ImmutableArray<Descriptor> AddedDescriptors() =>
        DescriptorGroups.Added(Baseline.Settled.Descriptors ?? [], Last.Settled.Descriptors ?? []);

    /// <summary>What is known of the sockets among them.</summary>
    public IEnumerable<SocketInfo> AddedSockets() => AddedDescriptors()
        .Select(descriptor => DescriptorGroups.SocketOf(descriptor, Sockets))
        .OfType<SocketInfo>();

    /// <summary>The kind of native memory that grew most.</summary>
    public MemoryAreaKind LargestNativeGrowth() => Enum.GetValues<MemoryAreaKind>().MaxBy(NativeGrowthOf);

    /// <summary>The judgement of what grows at the top of a growth root.</summary>
    public Judgement JudgementOf(GrowthRoot root) => root.Tops
        .Prepend(root.Subject)
        .Select(series => Run.Paths.GetValueOrDefault(series.Id))
        .First(judgement => judgement is { Grows: true })!;

    /// <summary>
    /// A growth since then as a rate, by what drives it: in proportion to the growth that was judged, which may have begun later. Where both are not of the same rounds, over all of these.
    /// </summary>
    public double Rate(double growth, Judgement judgement)
    {
        double judged = judgement.Readings.Length == Log.Readings.Count ? judgement.Readings[^1] - judgement.Readings[From] : 0;
        double rate = judged > 0 ? Rates.Of(judgement) * growth / judged
            : judgement.Shape == GrowthShape.GrowingWithTime ? growth / Math.Max(1e-9, Log.TimeAfter(From).TotalSeconds)
            : growth / Math.Max(1, Log.OperationsAfter(From));
        return Math.Round(rate, 4);
    }
}
