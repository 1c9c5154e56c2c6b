namespace Limpet.Heap;

/// <summary>Where in the heap an object lives.</summary>
public enum HeapGeneration
{
    /// <summary>Generation 0.</summary>
    Gen0,

    /// <summary>Generation 1.</summary>
    Gen1,

    /// <summary>Generation 2.</summary>
    Gen2,

    /// <summary>Large object heap.</summary>
    Large,

    /// <summary>Pinned object heap.</summary>
    Pinned,

    /// <summary>Frozen segments: literals and other objects that are never collected.</summary>
    Frozen,

    /// <summary>Not known.</summary>
    Unknown,
}
