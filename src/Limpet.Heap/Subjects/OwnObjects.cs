using Limpet.Heap.Paths;

namespace Limpet.Heap.Subjects;

/// <summary>
/// What the test library itself has in the heap that it asks about: objects of its types, of generic types over them, and what its frames hold. They are
/// there because somebody looks, and are never told as holders.
/// </summary>
public static class OwnObjects
{
    private const string Library = "Limpet";

    /// <summary>Namespaces of the library; its tests and programs that use it have others.</summary>
    private static readonly string[] Namespaces =
    [
        .. new[] { "Checks", "Guards", "KnownLeaks", "Measuring", "Resources", "Results", "Retention", "Text", "Tracking", "Verdicts" }.Select(part => $"{Library}.{part}."),
    ];

    /// <summary>Finds them. O(nodes).</summary>
    public static NodeSet In(HeapGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        bool[] own = [.. graph.Types.Select(IsOwn)];
        NodeSet nodes = new(graph.NodeCount);
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (own[graph.TypeIndexOf(new NodeIndex(node)).Value])
            {
                nodes.Add(new NodeIndex(node));
            }
        }

        return nodes;
    }

    /// <summary>Whether a root is a frame or a field of the library.</summary>
    public static bool IsOwn(GcRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return Array.Exists(Namespaces, own => root.Name.StartsWith(own, StringComparison.Ordinal) || root.Method?.Type.StartsWith(own, StringComparison.Ordinal) == true);
    }

    private static bool IsOwn(HeapType type) => Array.Exists(Namespaces, own => Names(type.Name, own));

    /// <summary>Whether a namespace stands at the beginning of a name or of one of its generic arguments.</summary>
    private static bool Names(string name, string space)
    {
        int at = name.IndexOf(space, StringComparison.Ordinal);
        return at == 0 || (at > 0 && name[at - 1] is ('<' or '[' or ' ' or ','));
    }
}
