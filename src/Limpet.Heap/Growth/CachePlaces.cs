using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>Where paths lie in caches: below the path with which one begins, and in its entries or before them. O(depth) a path, once.</summary>
/// <param name="growth">The rounds.</param>
/// <param name="begins">The cache that begins with a path node of a tree; null where none does.</param>
/// <param name="innermost">Of caches that lie one in another, whether the inner one decides; else the outer one does.</param>
/// <typeparam name="TCache">What is known of a cache.</typeparam>
internal sealed class CachePlaces<TCache>(PathGrowth growth, Func<PathTree, int, TCache?> begins, bool innermost)
    where TCache : class
{
    private readonly Dictionary<ulong, CachePlace<TCache>?> places = [];

    /// <summary>The place of a path; null where it lies in no cache.</summary>
    public CachePlace<TCache>? Of(ulong id) => growth.TryFindLast(id, out PathTree? tree, out int index) ? Of(tree, index) : null;

    private CachePlace<TCache>? Of(PathTree tree, int index)
    {
        PathNode node = tree.Nodes[index];
        if (!places.TryGetValue(node.Id, out CachePlace<TCache>? place))
        {
            CachePlace<TCache>? above = node.IsRoot ? null : Of(tree, node.Parent);
            TCache? own = above is null || innermost ? begins(tree, index) : null;
            place = own is not null ? new CachePlace<TCache>(own, node.Id, 0)
                : above is { Entry: 0 } && node.Label.Kind == "ArrayElement" ? above with { Entry = node.Id }
                : above;
            places.Add(node.Id, place);
        }

        return place;
    }
}
