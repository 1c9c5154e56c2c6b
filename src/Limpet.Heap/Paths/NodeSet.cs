using System.Numerics;
using System.Runtime.CompilerServices;

namespace Limpet.Heap.Paths;

/// <summary>A set of nodes of one graph: one bit a node, whether it is in the set or not (0.125 bytes a node).</summary>
public sealed class NodeSet
{
    private readonly ulong[] words;

    /// <summary>Creates an empty set.</summary>
    /// <param name="nodeCount">Number of nodes of the graph.</param>
    public NodeSet(int nodeCount)
        : this(new ulong[(nodeCount + 63L) / 64])
    {
    }

    private NodeSet(ulong[] words) => this.words = words;

    /// <summary>Number of nodes in the set. O(nodes of the graph / 64).</summary>
    public long Count => words.Sum(word => (long)BitOperations.PopCount(word));

    /// <summary>Creates a set of some nodes.</summary>
    public static NodeSet Of(HeapGraph graph, IEnumerable<NodeIndex> nodes)
    {
        NodeSet set = new(graph.NodeCount);
        foreach (NodeIndex node in nodes)
        {
            set.Add(node);
        }

        return set;
    }

    /// <summary>Whether <paramref name="node"/> is in the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(NodeIndex node) => (words[node.Value >> 6] & (1UL << (node.Value & 63))) != 0;

    /// <summary>Adds <paramref name="node"/>; false when it was there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(NodeIndex node)
    {
        ref ulong word = ref words[node.Value >> 6];
        ulong bit = 1UL << (node.Value & 63);
        bool added = (word & bit) == 0;
        word |= bit;
        return added;
    }

    /// <summary>Takes <paramref name="node"/> out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(NodeIndex node) => words[node.Value >> 6] &= ~(1UL << (node.Value & 63));

    /// <summary>A copy.</summary>
    public NodeSet Copy() => new([.. words]);

    /// <summary>Takes every node of <paramref name="other"/> out.</summary>
    public void ExceptWith(NodeSet other)
    {
        for (int word = 0; word < words.Length; word++)
        {
            words[word] &= ~other.words[word];
        }
    }
}
