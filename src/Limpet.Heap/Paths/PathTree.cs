using System.Collections.Immutable;

namespace Limpet.Heap.Paths;

/// <summary>
/// The objects of a heap merged by the shape of their shortest way from the roots. It holds names and numbers only and stays when
/// the graph is gone. About 120 bytes a path node, none an object.
/// </summary>
public sealed class PathTree
{
    private readonly Dictionary<ulong, int> byId;
    private readonly Lazy<long[]> subtreeBytes;

    internal PathTree(ImmutableArray<PathNode> nodes, Dictionary<ulong, int> byId)
    {
        Nodes = nodes;
        this.byId = byId;
        subtreeBytes = new Lazy<long[]>(AddUpBytes);
    }

    /// <summary>A tree without objects.</summary>
    public static PathTree Empty { get; } = new([], []);

    /// <summary>All path nodes, parents before children.</summary>
    public ImmutableArray<PathNode> Nodes { get; }

    /// <summary>Objects on ways that are not told apart: too far from the roots, or beyond so many ways.</summary>
    public long ObjectsBeyond => Nodes.Where(node => node.IsDeeper).Sum(node => node.Count);

    /// <summary>Finds a path node by its stable id.</summary>
    public bool TryFind(ulong id, out int index) => byId.TryGetValue(id, out index);

    /// <summary>Bytes of a path node and of everything below it.</summary>
    public long SubtreeBytesOf(int index) => subtreeBytes.Value[index];

    /// <summary>The path nodes from the root to <paramref name="index"/>.</summary>
    public ImmutableArray<PathNode> StepsTo(int index)
    {
        var steps = ImmutableArray.CreateBuilder<PathNode>();
        for (int step = index; step >= 0; step = Nodes[step].Parent)
        {
            steps.Add(Nodes[step]);
        }

        steps.Reverse();
        return steps.DrainToImmutable();
    }

    /// <summary>Whether a path node lies below a certain one, at most so many steps, none of which is that of an element of an array.</summary>
    public bool IsPartOf(int index, Predicate<int> isWhole, int steps)
    {
        int at = index;
        for (int step = 0; step < steps && at >= 0 && Nodes[at].Label.Kind != "ArrayElement"; step++)
        {
            at = Nodes[at].Parent;
            if (at >= 0 && isWhole(at))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The path as the runtime names it: <c>StaticField Shop.Bus.Changed ⟶ System.EventHandler ⟶ _target: Shop.OrderView</c>.</summary>
    public string RawPathOf(int index) => string.Join(" ⟶ ", StepsTo(index).Select(step => step switch
    {
        { IsRoot: true } => $"{step.Root.Kind} {step.Root.Name}",
        { Label.Member: "" } => step.Type,
        _ => $"{step.Label.Member}: {step.Type}",
    }));

    private long[] AddUpBytes()
    {
        long[] bytes = [.. Nodes.Select(node => node.Bytes)];
        for (int index = bytes.Length - 1; index >= 0; index--)
        {
            if (Nodes[index].Parent >= 0)
            {
                bytes[Nodes[index].Parent] += bytes[index];
            }
        }

        return bytes;
    }
}
