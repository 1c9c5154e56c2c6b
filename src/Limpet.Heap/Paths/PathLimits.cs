namespace Limpet.Heap.Paths;

/// <summary>
/// What a search for ways leaves out: objects and roots that only the observer brought, and holders that do not count for the objects that are asked about.
/// </summary>
public sealed record PathLimits
{
    /// <summary>Objects that no way goes through or to; null for none.</summary>
    public NodeSet? Excluded { get; init; }

    /// <summary>Whether a way may begin at a root; null when any may.</summary>
    public Func<GcRoot, bool>? Roots { get; init; }

    /// <summary>The objects that are asked about. They are reached last, and only through a holder that counts; null for none.</summary>
    public NodeSet? Subjects { get; init; }

    /// <summary>Whether an object counts as the holder of a subject; null when any does.</summary>
    public Func<NodeIndex, bool>? Holders { get; init; }

    /// <summary>Whether a root counts as the holder of a subject; null when any does that a way may begin at.</summary>
    public Func<GcRoot, bool>? SubjectRoots { get; init; }
}
