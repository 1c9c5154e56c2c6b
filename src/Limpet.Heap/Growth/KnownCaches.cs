using Limpet.Heap.Holders;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>What the runtime keeps for itself up to a number that is known: it fills as the program goes on, and never leaks. The version of the module is not asked, which no reading keeps: the number is.</summary>
internal static class KnownCaches
{
    /// <summary>Whether the objects of a path are in such a cache. More than it ever holds are not what is known of it.</summary>
    public static bool Hold(PathSeries series) => KnownFacts.All.Any(fact =>
        fact is { Kind: KnownFactKind.BoundedCache, Most: { } most, Root: { } root }
        && series.Path.Root is { Kind: RootKind.StaticField } place && place.Name == root
        && series.Counts.Max() <= most);
}
