namespace Limpet.Heap.Inspection;

/// <summary>What types are sorted by, the most first.</summary>
public enum TypeOrder
{
    /// <summary>What one of their objects alone keeps.</summary>
    Retained,

    /// <summary>Their own sizes.</summary>
    Bytes,

    /// <summary>Their number.</summary>
    Count,
}
