namespace Limpet.Heap;

/// <summary>
/// Numbers read from some objects beside their references. 12 bytes a fact; only delegates, tasks, timers, threads and collections of some size have them.
/// O(log n) by node.
/// </summary>
public sealed class NodeFacts
{
    /// <summary>Collections with fewer elements are not told: most of a heap's are small.</summary>
    public const int FewestElements = 16;

    private readonly Dictionary<FactKind, (int[] Nodes, ulong[] Values)> byKind = [];
    private readonly FactKind[]? told;

    /// <summary>No facts.</summary>
    public static NodeFacts Empty { get; } = new([]);

    /// <summary>Creates the facts.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="told">The kinds that the source knows, be it that nothing in the heap has one; null for all.</param>
    public NodeFacts(IEnumerable<(FactKind Kind, NodeIndex Node, ulong Value)> facts, IEnumerable<FactKind>? told = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        this.told = told is null ? null : [.. told];
        Dictionary<FactKind, (List<int> Nodes, List<ulong> Values)> read = [];
        foreach ((FactKind kind, NodeIndex node, ulong value) in facts)
        {
            if (!read.TryGetValue(kind, out var lists))
            {
                read.Add(kind, lists = ([], []));
            }

            lists.Nodes.Add(node.Value);
            lists.Values.Add(value);
        }

        foreach ((FactKind kind, (List<int> nodes, List<ulong> values)) in read)
        {
            int[] ordered = [.. nodes];
            ulong[] beside = [.. values];
            if (!IsAscending(ordered))
            {
                Array.Sort(ordered, beside);
            }

            byKind[kind] = (ordered, beside);
        }
    }

    private static bool IsAscending(ReadOnlySpan<int> nodes)
    {
        for (int index = 1; index < nodes.Length; index++)
        {
            if (nodes[index] < nodes[index - 1])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the source tells facts of one kind: then what has none is none. A source without any fact tells none, for every program has delegates.</summary>
    public bool Tells(FactKind kind) => byKind.Count > 0 && (told is null || told.Contains(kind));

    /// <summary>The fact of one kind about one object.</summary>
    public bool TryGet(FactKind kind, NodeIndex node, out ulong value)
    {
        value = 0;
        if (!byKind.TryGetValue(kind, out var facts))
        {
            return false;
        }

        int at = Array.BinarySearch(facts.Nodes, node.Value);
        if (at < 0)
        {
            return false;
        }

        value = facts.Values[at];
        return true;
    }

    /// <summary>All facts of one kind, by node.</summary>
    public IEnumerable<(NodeIndex Node, ulong Value)> Of(FactKind kind) =>
        byKind.TryGetValue(kind, out var facts)
            ? facts.Nodes.Zip(facts.Values, (node, value) => (new NodeIndex(node), value))
            : [];
}
