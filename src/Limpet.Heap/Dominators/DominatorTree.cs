using Limpet.Heap.Paths;

namespace Limpet.Heap.Dominators;

/// <summary>
/// Who keeps whom alone. An object dominates another when every way from the roots to the other goes through it; its retained size is
/// that of all objects that it dominates, itself included: what would go if it went. Exact. All roots hang below one virtual root, so
/// what two roots hold together is dominated by neither.
/// <para>
/// The objects lie in an order in which everything that an object dominates follows it at once. So one object dominates another when the
/// other's place lies in its stretch, and the tree needs no list of children. Made by the semi-NCA algorithm
/// (L. Georgiadis and R. E. Tarjan, 2005). 24 bytes a node: place 4, node 4, dominator 4, number of objects 4, bytes 8. While it is made: 28 bytes a node
/// and 8 for each reference that goes up or across in the depth-first tree. Objects that no root reaches are not in it.
/// </para>
/// </summary>
public sealed unsafe class DominatorTree : IDisposable
{
    private const int None = -1;
    private readonly NativeArray<int> positions;
    private readonly NativeArray<int> nodes;
    private readonly NativeArray<int> dominators;
    private readonly NativeArray<int> counts;
    private readonly NativeArray<long> bytes;

    private DominatorTree(HeapGraph graph, DominatorLayout layout)
    {
        Graph = graph;
        positions = layout.Positions;
        nodes = layout.Nodes;
        dominators = layout.Dominators;
        counts = layout.Counts;
        bytes = layout.Bytes;
        PeakBytes = layout.PeakBytes;
        ReachedCount = layout.Count;
        for (int child = 0; child < ReachedCount; child += counts[child])
        {
            ReachedBytes += bytes[child];
        }
    }

    /// <summary>The graph.</summary>
    public HeapGraph Graph { get; }

    /// <summary>Number of objects that the roots reach.</summary>
    public int ReachedCount { get; }

    /// <summary>Their own sizes, added up.</summary>
    public long ReachedBytes { get; }

    /// <summary>Bytes that the tree takes.</summary>
    public long MemoryBytes => (sizeof(int) * positions.Length) + ((3 * sizeof(int)) + sizeof(long)) * nodes.Length;

    /// <summary>Bytes that it took while it was made.</summary>
    public long PeakBytes { get; }

    /// <summary>The objects that the roots reach, each followed at once by all that it dominates. An index into it is a position.</summary>
    public ReadOnlySpan<int> Order => new(nodes.Pointer, ReachedCount);

    /// <summary>Finds the dominators of everything that the roots reach.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DominatorTree Build(HeapGraph graph, CancellationToken cancellation)
    {
        using SemiNca found = SemiNca.Run(graph, cancellation);
        return new DominatorTree(graph, DominatorLayout.Of(graph, found));
    }

    /// <summary>Whether a root reaches <paramref name="node"/>.</summary>
    public bool IsReached(NodeIndex node) => positions[node.Value] >= 0;

    /// <summary>The nearest object that every way to <paramref name="node"/> goes through; none where only the roots together hold it, or nothing.</summary>
    public NodeIndex DominatorOf(NodeIndex node)
    {
        int position = positions[node.Value];
        int above = position < 0 ? None : dominators[position];
        return above < 0 ? NodeIndex.None : new NodeIndex(nodes[above]);
    }

    /// <summary>Whether every way to <paramref name="other"/> goes through <paramref name="node"/>. An object dominates itself.</summary>
    public bool Dominates(NodeIndex node, NodeIndex other)
    {
        int position = positions[node.Value];
        return position >= 0 && positions[other.Value] >= position && positions[other.Value] < position + counts[position];
    }

    /// <summary>What would go if <paramref name="node"/> went; nothing for one that no root reaches.</summary>
    public RetainedSize RetainedBy(NodeIndex node)
    {
        int position = positions[node.Value];
        return position < 0 ? default : new RetainedSize(counts[position], bytes[position]);
    }

    /// <summary>Place of <paramref name="node"/> in <see cref="Order"/>; -1 when no root reaches it.</summary>
    public int PositionOf(NodeIndex node) => positions[node.Value];

    /// <summary>First position behind what the object at <paramref name="position"/> dominates.</summary>
    public int EndOf(int position) => position + counts[position];

    /// <summary>Retained bytes of the object at <paramref name="position"/>.</summary>
    public long BytesAt(int position) => bytes[position];

    /// <summary>The objects whose nearest dominator <paramref name="node"/> is.</summary>
    public IEnumerable<NodeIndex> ChildrenOf(NodeIndex node) => IsReached(node) ? Between(PositionOf(node) + 1, EndOf(PositionOf(node))) : [];

    /// <summary>The objects that nothing but the roots dominates.</summary>
    public IEnumerable<NodeIndex> TopObjects() => Between(0, ReachedCount);

    /// <inheritdoc />
    public void Dispose()
    {
        positions.Dispose();
        nodes.Dispose();
        dominators.Dispose();
        counts.Dispose();
        bytes.Dispose();
    }

    private IEnumerable<NodeIndex> Between(int position, int end)
    {
        for (; position < end; position = EndOf(position))
        {
            yield return new NodeIndex(nodes[position]);
        }
    }
}
