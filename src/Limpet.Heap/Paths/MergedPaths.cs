namespace Limpet.Heap.Paths;

/// <summary>
/// Which path node each object of a graph belongs to, beside the <see cref="PathTree"/> itself. Lives as long as the graph.
/// O(nodes) with one lookup in a table of paths an object; 4 bytes a node beside the <see cref="ShortestPathTree"/>.
/// </summary>
public sealed unsafe class MergedPaths : IDisposable
{
    private const int NodesBetweenChecks = 1 << 16;
    private readonly NativeArray<int> pathOf;

    private MergedPaths(ShortestPathTree tree)
    {
        Tree = tree;
        pathOf = new NativeArray<int>(tree.Graph.NodeCount);
    }

    /// <summary>The shortest ways that were merged.</summary>
    public ShortestPathTree Tree { get; }

    /// <summary>The graph.</summary>
    public HeapGraph Graph => Tree.Graph;

    /// <summary>The merged paths.</summary>
    public PathTree Paths { get; private set; } = PathTree.Empty;

    /// <summary>Merges the ways of <paramref name="tree"/>, which stays the caller's.</summary>
    /// <exception cref="OperationCanceledException">Merging was cancelled.</exception>
    public static MergedPaths Of(ShortestPathTree tree, CancellationToken cancellation)
    {
        MergedPaths merged = new(tree);
        try
        {
            merged.Merge(cancellation);
            return merged;
        }
        catch
        {
            merged.Dispose();
            throw;
        }
    }

    /// <summary>Index in <see cref="Paths"/> of the path of <paramref name="node"/>; -1 when no root reaches it.</summary>
    public int PathOf(NodeIndex node) => Tree.IsReached(node) ? pathOf[node.Value] : -1;

    /// <summary>The objects of one path node, by index. O(nodes).</summary>
    public IEnumerable<NodeIndex> NodesOn(int path)
    {
        for (int node = 0; node < Graph.NodeCount; node++)
        {
            if (PathOf(new NodeIndex(node)) == path)
            {
                yield return new NodeIndex(node);
            }
        }
    }

    /// <summary>
    /// The object of a path node that stands for all of them: the one at the highest address of the youngest end of the heap,
    /// which is the newest as far as a heap can tell. Where most of them hang on another of them, the last of that chain: what holds it
    /// is the link. None when the path has no objects. O(nodes).
    /// </summary>
    public NodeIndex RepresentativeOf(int path)
    {
        NodeIndex link = NodeIndex.None;
        long links = 0;
        foreach (int node in Tree.Order)
        {
            NodeIndex index = new(node);
            if (pathOf[node] == path && !Tree.ParentOf(index).IsNone && pathOf[Tree.ParentOf(index).Value] == path)
            {
                link = index;
                links++;
            }
        }

        return links * 2 > Paths.Nodes[path].Count ? link : NewestOn(path);
    }

    /// <inheritdoc />
    public void Dispose() => pathOf.Dispose();

    private NodeIndex NewestOn(int path)
    {
        NodeIndex newest = NodeIndex.None;
        ulong highest = 0;
        foreach (HeapSegment segment in Graph.Addresses.Segments)
        {
            for (int node = segment.FirstNode + segment.NodeCount - 1; node >= segment.FirstNode; node--)
            {
                if (PathOf(new NodeIndex(node)) == path)
                {
                    ulong address = Graph.Addresses.AddressOf(new NodeIndex(node));
                    (newest, highest) = newest.IsNone || address > highest ? (new NodeIndex(node), address) : (newest, highest);
                    break;
                }
            }
        }

        return newest;
    }

    private void Merge(CancellationToken cancellation)
    {
        PathTreeBuilder builder = new(Graph);
        uint* types = Graph.TypeIds;
        int* paths = pathOf.Pointer;
        int done = 0;
        foreach (int node in Tree.Order)
        {
            if (done++ % NodesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            NodeIndex index = new(node);
            int parent = Tree.ParentOf(index).Value;
            paths[node] = parent < 0
                ? builder.PathOf(builder.PathOfRoot(Tree.RootIndexOf(index)), -1, types[node], 0)
                : types[parent] == types[node]
                    ? paths[parent]
                    : builder.PathOf(paths[parent], (int)types[parent], types[node], Tree.SlotOf(index));
        }

        AddUp(builder);
        GC.KeepAlive(Graph);
    }

    private void AddUp(PathTreeBuilder builder)
    {
        long[] counts = new long[builder.Count];
        long[] bytes = new long[builder.Count];
        for (int node = 0; node < Graph.NodeCount; node++)
        {
            int path = PathOf(new NodeIndex(node));
            if (path >= 0)
            {
                counts[path]++;
                bytes[path] += Graph.SizeOf(new NodeIndex(node));
            }
        }

        Paths = builder.Finish(counts, bytes);
    }
}
