using System.Collections.Immutable;

namespace Limpet.Heap.Paths;

/// <summary>
/// Creates path nodes on demand. The name of a way is asked for once for each (path, type, slot); equal names are one path node,
/// also where two types or two roots share a name.
/// <para>
/// Repetition collapses: an object held by one of its own type stays on the path node of its holder (the caller sees to that); a
/// step that together with the step before it occurred among the last <see cref="Lookback"/> steps goes back to that place
/// (A.b, B.a, A.b …). Two steps are compared near the root, not one: a dictionary inside the values of another dictionary is not a
/// repetition. From <see cref="DeepAt"/> steps on one step is enough; beyond <see cref="DepthLimit"/> steps, or
/// <see cref="PathLimit"/> paths, the rest is counted in one path node of type <see cref="DeeperType"/> under its holder
/// or its root.
/// </para>
/// </summary>
internal sealed class PathTreeBuilder
{
    public const string DeeperType = "(deeper)";
    private const int Lookback = 8;
    private const int DeepAt = 24;
    private const int DepthLimit = 64;
    private const int PathLimit = 100_000;
    private readonly HeapGraph graph;
    private readonly List<PathNode> nodes = [];
    private readonly Dictionary<ulong, int> byId = [];
    private readonly Dictionary<ulong, int> byKey = [];
    private readonly Dictionary<int, int> deeperOfRoot = [];
    private readonly int[] roots;

    public PathTreeBuilder(HeapGraph graph)
    {
        this.graph = graph;
        roots = new int[graph.Roots.Length];
        Array.Fill(roots, -1);
    }

    public int Count => nodes.Count;

    public int PathOfRoot(int root)
    {
        if (roots[root] < 0)
        {
            GcRoot source = graph.Roots[root];
            ulong id = StableHash.Join(StableHash.Of(source.Kind.ToString()), StableHash.Of(source.Name));
            roots[root] = Intern(new PathNode(id, -1, 0, new PathRoot(source.Kind, source.Name), "", TypeTraits.None, default, 0, 0));
        }

        return roots[root];
    }

    /// <summary>The path of an object of <paramref name="type"/> that an object on <paramref name="parent"/> holds; <paramref name="holderType"/> is -1 for a root.</summary>
    public int PathOf(int parent, int holderType, uint type, byte slot)
    {
        ulong key = ((ulong)parent << 40) | ((ulong)type << 8) | slot;
        if (!byKey.TryGetValue(key, out int path))
        {
            if (nodes.Count >= PathLimit)
            {
                return DeeperUnderRootOf(parent);
            }

            path = Create(parent, holderType, graph.Types[(int)type], slot);
            byKey.Add(key, path);
        }

        return path;
    }

    public bool IsDeeper(int path) => nodes[path].IsDeeper;

    public PathTree Finish(long[] counts, long[] bytes) =>
        new([.. nodes.Select((node, index) => node with { Count = counts[index], Bytes = bytes[index] })], byId);

    private int Create(int parent, int holderType, HeapType type, byte slot)
    {
        if (IsDeeper(parent))
        {
            return parent;
        }

        EdgeLabel label = holderType < 0 ? new EdgeLabel("", "") : EdgeLabel.Of(graph.Types[holderType], slot);
        if (Repeated(parent, type.Name, label) is { } earlier)
        {
            return earlier;
        }

        return nodes[parent].Depth >= DepthLimit
            ? Child(parent, new EdgeLabel("", ""), DeeperType, TypeTraits.None)
            : Child(parent, label, type.Name, type.Traits);
    }

    /// <summary>Where objects are counted once there are too many paths: nothing is remembered of them, so that memory stays bounded.</summary>
    private int DeeperUnderRootOf(int path)
    {
        int root = path;
        while (!nodes[root].IsRoot)
        {
            root = nodes[root].Parent;
        }

        if (!deeperOfRoot.TryGetValue(root, out int deeper))
        {
            deeper = Child(root, new EdgeLabel("", ""), DeeperType, TypeTraits.None);
            deeperOfRoot.Add(root, deeper);
        }

        return deeper;
    }

    private int Child(int parent, EdgeLabel label, string type, TypeTraits traits)
    {
        PathNode holder = nodes[parent];
        ulong id = StableHash.Join(StableHash.Join(holder.Id, StableHash.Of(label.Member)), StableHash.Of(type));
        return Intern(new PathNode(id, parent, holder.Depth + 1, holder.Root, type, traits, label, 0, 0));
    }

    private int? Repeated(int parent, string type, EdgeLabel label)
    {
        PathNode holder = nodes[parent];
        bool deep = holder.Depth >= DeepAt;
        int ancestor = holder.Parent;
        for (int back = 2; ancestor >= 0 && (deep || back <= Lookback); back++, ancestor = nodes[ancestor].Parent)
        {
            PathNode candidate = nodes[ancestor];
            if (candidate.Depth > 1
                && candidate.Type == type
                && candidate.Label == label
                && (deep || IsSameStep(nodes[candidate.Parent], holder)))
            {
                return ancestor;
            }
        }

        return null;
    }

    private static bool IsSameStep(PathNode left, PathNode right) => left.Type == right.Type && left.Label == right.Label;

    private int Intern(PathNode node)
    {
        if (!byId.TryGetValue(node.Id, out int index))
        {
            index = nodes.Count;
            nodes.Add(node);
            byId.Add(node.Id, index);
        }

        return index;
    }
}
