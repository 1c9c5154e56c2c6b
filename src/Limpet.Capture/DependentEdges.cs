using Limpet.Heap;

namespace Limpet.Capture;

/// <summary>The references of dependent handles, which are no member's: while the key lives, so does the value.</summary>
internal static class DependentEdges
{
    /// <summary>The values by their keys.</summary>
    public static Dictionary<int, List<int>> ByKey(IEnumerable<(ulong Key, ulong Value)> handles, AddressMap map)
    {
        Dictionary<int, List<int>> dependents = [];
        foreach ((ulong key, ulong value) in handles)
        {
            if (map.TryFind(key, out NodeIndex from) && map.TryFind(value, out NodeIndex to))
            {
                dependents.TryAdd(from.Value, []);
                dependents[from.Value].Add(to.Value);
            }
        }

        return dependents;
    }
}
