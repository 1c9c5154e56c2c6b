namespace Limpet.Results;

/// <summary>Whether an object on a retention trace should still be there.</summary>
public enum LeakingStatus
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>It should be there.</summary>
    No,

    /// <summary>It should be gone.</summary>
    Yes,
}
