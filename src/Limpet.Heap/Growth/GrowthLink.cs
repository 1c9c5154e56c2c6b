namespace Limpet.Heap.Growth;

/// <summary>How much of the growth of two roots hangs together, object by object.</summary>
/// <param name="ShareOfFirst">Share of what grew under the first that has a partner of its own under the second, from 0 to 1.</param>
/// <param name="ShareOfSecond">The same the other way round.</param>
internal readonly record struct GrowthLink(double ShareOfFirst, double ShareOfSecond)
{
    public GrowthLink Reversed => new(ShareOfSecond, ShareOfFirst);
}
