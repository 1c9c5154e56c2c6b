using Limpet.Results;

namespace Limpet.Measuring;

/// <summary>
/// What became of the memory of the last operations, between two settled readings: the same memory seen at once, after a collection that the runtime
/// made by itself, and after all was collected.
/// </summary>
public sealed record GrowthStretch
{
    /// <summary>How many operations it was.</summary>
    public required int Operations { get; init; }

    /// <summary>What the operations allocated, by all threads of the process.</summary>
    public required ByteSize Allocated { get; init; }

    /// <summary>Apparent growth below this says nothing of shares: the measurement's own objects are of that size.</summary>
    private const long Noise = 4 * 1024;

    /// <summary>What there was more right after them, nothing forced: the apparent growth.</summary>
    public required ByteSize Apparent { get; init; }

    /// <summary>
    /// What there was more after the runtime had collected by itself, because the program went on allocating; null where it did not, though a gigabyte was allocated.
    /// </summary>
    public ByteSize? AfterNaturalCollection { get; init; }

    /// <summary>What there was more after everything was collected: retained.</summary>
    public required ByteSize Retained { get; init; }

    /// <summary>
    /// How much of the apparent growth the runtime's own next collection freed, in percent: 100 when all of it, above 100 when more. Null when there was no apparent growth (less than 4 KiB), of which nothing
    /// can be freed, or no such collection.
    /// </summary>
    public double? FreedNaturallyPercent => AfterNaturalCollection is ByteSize natural ? PercentFreed(natural) : null;

    /// <summary>How much of the apparent growth was freed when everything was collected, in percent. Null when there was no apparent growth.</summary>
    public double? FreedPercent => PercentFreed(Retained);

    private double? PercentFreed(ByteSize left) => Apparent.Bytes >= Noise ? 100.0 * (Apparent.Bytes - left.Bytes) / Apparent.Bytes : null;
}
