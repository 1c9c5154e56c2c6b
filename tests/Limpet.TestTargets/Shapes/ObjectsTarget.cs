namespace Limpet.TestTargets;

/// <summary>Exactly N live objects of mixed shape.</summary>
/// <remarks><code>
/// static ObjectsTarget.s_shape ─→ object[]                                           1
///    ├─[group]─→ Cell ─ Nodes ─→ Node ┬ Left → Node ┬ Left → Node, Right → Node      7 Nodes, a full tree
///    │            │                   └ Right → Node ┬ Left → Node, Right → Node
///    │            ├ Text ─→ string "cell N"                                          1
///    │            ├ Numbers ─→ int[4]                                                1
///    │            ├ Boxed ─→ boxed long                                              1
///    │            ├ List ─→ List&lt;Node&gt; ─→ Node[2] ─→ two leaves of the tree           2
///    │            └ Map ─→ Dictionary&lt;int, Node&gt; ─→ int[], Entry[] ─→ a leaf         3
///    │   with the Cell itself: 16 objects a group
///    └─[rest]──→ Node, to make up N
/// </code></remarks>
internal sealed class ObjectsTarget(int total) : Target
{
    private const int GroupSize = 16;

    private static object[]? s_shape;

    public override string Build()
    {
        int groups = (total - 1) / GroupSize;
        int rest = total - 1 - (groups * GroupSize);
        object[] shape = new object[groups + rest];
        for (int i = 0; i < groups; i++)
        {
            shape[i] = new Cell(i);
        }

        for (int i = groups; i < shape.Length; i++)
        {
            shape[i] = new Node { Value = i };
        }

        s_shape = shape;
        return $"total={1 + (groups * GroupSize) + rest} Cell={groups} Node={(groups * 7) + rest} List<Node>={groups} "
            + $"Dictionary<Int32,Node>={groups} BoxedInt64={groups}";
    }

    private sealed class Cell
    {
        public readonly Node Nodes;
        public readonly string Text;
        public readonly int[] Numbers;
        public readonly object Boxed;
        public readonly List<Node> List;
        public readonly Dictionary<int, Node> Map;

        public Cell(int number)
        {
            Node left = new() { Left = new Node(), Right = new Node(), Value = number };
            Node right = new() { Left = new Node(), Right = new Node(), Value = number };
            Nodes = new Node { Left = left, Right = right, Value = number };
            Text = $"cell {number}";
            Numbers = [number, 1, 2, 3];
            Boxed = (long)number;
            List = new List<Node>(2) { left.Left, left.Right };
            Map = new Dictionary<int, Node>(1) { [number] = right.Left };
        }
    }
}
