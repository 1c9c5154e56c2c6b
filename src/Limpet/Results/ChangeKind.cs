namespace Limpet.Results;

/// <summary>How something went from one heap to the next.</summary>
public enum ChangeKind
{
    /// <summary>It was not there before.</summary>
    New,

    /// <summary>There is more of it.</summary>
    Grown,

    /// <summary>There is less of it.</summary>
    Shrunk,

    /// <summary>It is no longer there.</summary>
    Gone,
}
