using System.Collections.Immutable;

namespace Limpet.Heap.Holders;

/// <summary>The objects of one way from a root, with how each holds the next; what a meaning is read from.</summary>
internal sealed class TracePath
{
    private readonly ImmutableArray<byte> slots;

    /// <summary>Creates a path.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="root">The root.</param>
    /// <param name="nodes">The objects, the one the root holds first.</param>
    /// <param name="slots">For each object but the last, the slot through which it holds the next.</param>
    public TracePath(HeapGraph graph, GcRoot root, ImmutableArray<NodeIndex> nodes, ImmutableArray<byte> slots)
    {
        Graph = graph;
        Root = root;
        Nodes = nodes;
        this.slots = slots;
    }

    public HeapGraph Graph { get; }

    public GcRoot Root { get; }

    public ImmutableArray<NodeIndex> Nodes { get; }

    public HeapType TypeAt(int position) => Graph.TypeOf(Nodes[position]);

    /// <summary>How the object at <paramref name="position"/> holds the next one.</summary>
    public EdgeLabel LabelAt(int position) => Graph.LabelOf(Nodes[position], slots[position]);

    /// <summary>Name of the generic definition of the type at <paramref name="position"/>.</summary>
    public string DefinitionAt(int position) => FrameworkTypes.DefinitionOf(TypeAt(position).Name);

    /// <summary>The method that the delegate at <paramref name="position"/> calls, where the heap shows it.</summary>
    public MethodName? CalledBy(int position) =>
        Graph.Facts.TryGet(FactKind.DelegateCode, Nodes[position], out ulong code) && Graph.Methods.TryGetValue(code, out MethodName? method)
            ? method
            : null;
}
