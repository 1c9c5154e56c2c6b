using Limpet.Heap.Holders;

namespace Limpet.Heap.Paths;

/// <summary>A kind of channel, collection or cache that can be told how much it may hold.</summary>
/// <param name="Member">What holds the entries.</param>
/// <param name="Name">What one is called.</param>
/// <param name="Names">What several are.</param>
/// <param name="Limit">What its limit is called.</param>
/// <param name="Options">What holds the limit, where entries take as much as is said of them, and what is taken lies in <paramref name="Member"/>; null where the limit is its own, and each entry takes one.</param>
internal sealed record LimitedKind(string Member, string Name, string Names, string Limit, string? Options = null)
{
    private static readonly Dictionary<string, LimitedKind> All = new(StringComparer.Ordinal)
    {
        ["System.Threading.Channels.BoundedChannel"] = new("_items", "bounded channel", "bounded channels", "capacity"),
        ["System.Collections.Concurrent.BlockingCollection"] = new("_collection", "BlockingCollection", "BlockingCollections", "capacity"),
        ["Microsoft.Extensions.Caching.Memory.MemoryCache"] = new("_coherentState", "MemoryCache", "MemoryCaches", "SizeLimit", "_options"),
    };

    private static readonly HashSet<string> Members = [.. All.Values.Select(kind => kind.Member)];

    /// <summary>The kind of a type; null for one that is none of these.</summary>
    public static LimitedKind? Of(string type) => All.GetValueOrDefault(FrameworkTypes.DefinitionOf(type));

    /// <summary>The kind whose entries a member of a type holds; null for every other member.</summary>
    public static LimitedKind? Of(string type, string member) => Members.Contains(member) && Of(type) is { } kind && kind.Member == member ? kind : null;
}
