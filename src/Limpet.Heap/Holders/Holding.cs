namespace Limpet.Heap.Holders;

/// <summary>How a holder holds the next object that the source names.</summary>
/// <param name="Steps">References between the two: more than one where parts of the holder lie between.</param>
/// <param name="Words">What it means; null where the member says it.</param>
internal readonly record struct Holding(int Steps, string? Words);
