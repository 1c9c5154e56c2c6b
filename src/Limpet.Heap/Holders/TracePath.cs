using System.Collections.Immutable;

namespace Limpet.Heap.Holders;

/// <summary>The objects of one way from a root, with how each holds the next; what a meaning is read from.</summary>
internal sealed class TracePath
{
    private readonly ImmutableArray<EdgeLabel> labels;

    /// <summary>Creates a path.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="root">The root.</param>
    /// <param name="nodes">The objects, the one the root holds first.</param>
    /// <param name="labels">For each object but the last, how it holds the next.</param>
    public TracePath(HeapGraph graph, GcRoot root, ImmutableArray<NodeIndex> nodes, ImmutableArray<EdgeLabel> labels)
    {
        Graph = graph;
        Root = root;
        Nodes = nodes;
        this.labels = labels;
    }

    public HeapGraph Graph { get; }

    public GcRoot Root { get; }

    public ImmutableArray<NodeIndex> Nodes { get; }

    /// <summary>Whether the way is about what lies in its last object, which should be there itself.</summary>
    public bool IsOfContents { get; init; }

    public HeapType TypeAt(int position) => Graph.TypeOf(Nodes[position]);

    /// <summary>How the object at <paramref name="position"/> holds the next one.</summary>
    public EdgeLabel LabelAt(int position) => labels[position];

    /// <summary>The type at <paramref name="position"/> with its base classes.</summary>
    public TypeFamily FamilyAt(int position) => TypeFamily.Of(TypeAt(position));

    /// <summary>Name of the generic definition of the type at <paramref name="position"/>.</summary>
    public string DefinitionAt(int position) => FamilyAt(position).Definitions[0];

    /// <summary>Whether the type at <paramref name="position"/> is one of a generic definition, or derives from it.</summary>
    public bool Is(int position, string definition) => FamilyAt(position).Definitions.Contains(definition);

    /// <summary>Type and name of the static field that is the root; null for other roots.</summary>
    public (string Type, string Field)? StaticField => Root.Kind is RootKind.StaticField or RootKind.ThreadStatic && CutOf(Root.Name) is > 0 and var cut
        ? (Root.Name[..cut], Root.Name[(cut + 1)..])
        : null;

    /// <summary>What the object at <paramref name="position"/> holds through a member, on the way or beside it.</summary>
    public NodeIndex HeldBy(int position, string member) => Follow(Graph, Nodes[position], name => name == member);

    /// <summary>The method that a delegate calls, where the heap shows it.</summary>
    public MethodName? CalledBy(NodeIndex node) =>
        !node.IsNone && Graph.Facts.TryGet(FactKind.DelegateCode, node, out ulong code) && Graph.Methods.TryGetValue(code, out MethodName? method) ? method : null;

    /// <summary>The method that the delegate at <paramref name="position"/> calls, where the heap shows it.</summary>
    public MethodName? CalledBy(int position) => CalledBy(Nodes[position]);

    /// <summary>What an object holds through a member, on the way or beside it; none when nothing.</summary>
    public NodeIndex Follow(NodeIndex node, string member) => Follow(Graph, node, name => name == member);

    /// <summary>What an object holds through the first member that is meant; none when nothing.</summary>
    public static NodeIndex Follow(HeapGraph graph, NodeIndex node, Predicate<string> isMeant)
    {
        ReadOnlySpan<int> targets = graph.TargetsOf(node);
        ReadOnlySpan<byte> slots = graph.SlotsOf(node);
        for (int edge = 0; edge < targets.Length; edge++)
        {
            if (isMeant(graph.LabelOf(node, slots[edge]).Member))
            {
                return new NodeIndex(targets[edge]);
            }
        }

        return NodeIndex.None;
    }

    /// <summary>The last dot outside the arguments of generic types and the brackets of generated names.</summary>
    private static int CutOf(string name)
    {
        int depth = 0;
        for (int at = name.Length - 1; at > 0; at--)
        {
            depth += name[at] switch { '>' => 1, '<' => -1, _ => 0 };
            if (name[at] == '.' && depth == 0)
            {
                return at;
            }
        }

        return -1;
    }
}
