namespace Limpet.Heap.Holders;

/// <summary>What is known of a place in the runtime or in a common package.</summary>
internal enum KnownFactKind
{
    /// <summary>It fills up to a bound, and what is in it does not leak.</summary>
    BoundedCache,

    /// <summary>It keeps what it should not: the library's doing, not the program's.</summary>
    LibraryLeak,

    /// <summary>It keeps what its user should let go, in a way that its documentation tells.</summary>
    Usage,

    /// <summary>It is there because somebody looks at the program.</summary>
    Observer,
}
