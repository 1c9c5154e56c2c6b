using System.Collections.Immutable;
using System.Globalization;
using System.Runtime;
using Limpet.Measuring;
using Limpet.Results;

namespace Limpet.Retention;

/// <summary>
/// What the collector of this process does on this machine: measured, and read from the runtime, never quoted. Others that allocate at the same time
/// use the same budget up, so measure alone.
/// </summary>
public sealed record GcFacts
{
    /// <summary>Whether it is the server collector, with a heap for each core.</summary>
    public required bool Server { get; init; }

    /// <summary>Whether generation 2 may be collected in the background.</summary>
    public required bool Concurrent { get; init; }

    /// <summary>Whether the number of heaps follows what the program needs; null where the runtime does not say.</summary>
    public bool? Adaptive { get; init; }

    /// <summary>Which pauses the program asked for.</summary>
    public required GCLatencyMode LatencyMode { get; init; }

    /// <summary>The most that the heap may take; null where none is set.</summary>
    public ByteSize? HardLimit { get; init; }

    /// <summary>What the collector takes for the memory of the machine or container.</summary>
    public required ByteSize AvailableMemory { get; init; }

    /// <summary>The bytes that were allocated from one collection of generation 0 to the next, one figure for each that was seen. Empty when none came.</summary>
    public required ImmutableArray<ByteSize> Generation0Budgets { get; init; }

    /// <summary>The median of <see cref="Generation0Budgets"/>; null when none came.</summary>
    public ByteSize? Generation0Budget => Generation0Budgets.IsEmpty ? null : Generation0Budgets.Order().ElementAt(Generation0Budgets.Length / 2);

    /// <summary>Sizes of generation 0, 1 and 2, the large and the pinned object heap after the last collection.</summary>
    public required ImmutableArray<ByteSize> GenerationSizes { get; init; }

    /// <summary>Allocates through some collections of generation 0 and reads the rest from the runtime. A quarter of a second at most for each.</summary>
    /// <param name="collections">How many budgets to measure; at least 1.</param>
    public static GcFacts Measure(int collections = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(collections, 1);
        GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
        IReadOnlyDictionary<string, object> settings = GC.GetConfigurationVariables();
        return new GcFacts
        {
            Server = GCSettings.IsServerGC,
            Concurrent = Number(settings, "ConcurrentGC") is 1,
            Adaptive = Number(settings, "GCDynamicAdaptationMode") is long mode ? GCSettings.IsServerGC && mode != 0 : null,
            LatencyMode = GCSettings.LatencyMode,
            HardLimit = Number(settings, "GCHeapHardLimit") is long limit and > 0 ? new ByteSize(limit) : null,
            AvailableMemory = new ByteSize(last.TotalAvailableMemoryBytes),
            Generation0Budgets = [.. Budgets(collections)],
            GenerationSizes = [.. GC.GetGCMemoryInfo(GCKind.Any).GenerationInfo.ToArray().Select(generation => new ByteSize(generation.SizeAfterBytes))],
        };
    }

    private static IEnumerable<ByteSize> Budgets(int collections)
    {
        // The first one is nearer than a whole budget: something was allocated before.
        if (!AllocationPressure.UntilCollection().Collected)
        {
            yield break;
        }

        for (int i = 0; i < collections; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            if (!AllocationPressure.UntilCollection().Collected)
            {
                yield break;
            }

            yield return new ByteSize(GC.GetTotalAllocatedBytes(precise: true) - before);
        }
    }

    private static long? Number(IReadOnlyDictionary<string, object> settings, string name) => settings.TryGetValue(name, out object? value) switch
    {
        false => null,
        true when value is bool yes => yes ? 1 : 0,
        _ => long.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null,
    };
}
