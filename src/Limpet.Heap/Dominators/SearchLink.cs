namespace Limpet.Heap.Dominators;

/// <summary>What the search for dominators looks at together, side by side: one step of a path is one line of memory.</summary>
internal struct SearchLink
{
    /// <summary>The number that it was first reached from; later a higher ancestor, when paths are compressed.</summary>
    public int Ancestor;

    /// <summary>While numbering, how far the references have been followed; later the smallest semidominator on the compressed path.</summary>
    public int Low;
}
