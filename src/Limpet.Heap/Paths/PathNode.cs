namespace Limpet.Heap.Paths;

/// <summary>Objects whose shortest way from the roots has the same shape. About 80 bytes; a heap of millions of objects has some thousands.</summary>
/// <param name="Id">Stable: made of the names on the way, so that the same path has the same id in every capture of the same program.</param>
/// <param name="Parent">Index of the path node before it in the same tree, always smaller than its own; -1 for a root.</param>
/// <param name="Depth">Steps from the root, which has 0.</param>
/// <param name="Root">Where the way begins.</param>
/// <param name="Type">Runtime name of the objects' type; empty for a root.</param>
/// <param name="Traits">What else is known of the type.</param>
/// <param name="Label">How the objects of the parent hold these; empty where the parent is a root.</param>
/// <param name="Count">Number of objects.</param>
/// <param name="Bytes">Their own sizes, added up.</param>
public readonly record struct PathNode(
    ulong Id,
    int Parent,
    int Depth,
    PathRoot Root,
    string Type,
    TypeTraits Traits,
    EdgeLabel Label,
    long Count,
    long Bytes)
{
    /// <summary>Whether this stands for a root and not for objects.</summary>
    public bool IsRoot => Parent < 0;

    /// <summary>Whether this stands for everything below the limits of a tree, of whatever type: how much that is changes with what else is there.</summary>
    public bool IsDeeper => ReferenceEquals(Type, PathTreeBuilder.DeeperType);
}
