namespace Limpet.Results;

/// <summary>
/// What a run says. The values are ordered from the mildest to the gravest: the verdict of a run is the worst of its findings.
/// </summary>
public enum Verdict
{
    /// <summary>Back to the baseline within what was measured as noise.</summary>
    Clean = 0,

    /// <summary>Alive for a while, gone after a collection or a finalizer.</summary>
    Delayed = 1,

    /// <summary>Grew through at least three measured rounds, then stopped.</summary>
    Bounded = 2,

    /// <summary>The numbers do not decide; the reason says why.</summary>
    Inconclusive = 3,

    /// <summary>The subject was not exercised; the reason says why. Never a pass.</summary>
    NotRun = 4,

    /// <summary>Something grows with the operations, or stays reachable when it should not.</summary>
    Leak = 5,

    /// <summary>A deadline passed.</summary>
    Hang = 6,
}
