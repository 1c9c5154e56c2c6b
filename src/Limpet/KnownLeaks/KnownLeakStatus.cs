namespace Limpet.KnownLeaks;

/// <summary>What became of a test that declares a leak. Only <see cref="AsDeclared"/> lets it pass.</summary>
public enum KnownLeakStatus
{
    /// <summary>It leaks for the declared reason.</summary>
    AsDeclared,

    /// <summary>It does not leak any more: the mark must go.</summary>
    Fixed,

    /// <summary>It leaks, or hangs, for another reason, or for another one too.</summary>
    OtherReason,

    /// <summary>The check did not decide, was not exercised, or has no trace to compare the holder with.</summary>
    NotProven,

    /// <summary>The day until which it was accepted has passed.</summary>
    Expired,

    /// <summary>The test threw something that is no finding: an error, a missing dependency, a wrong assertion.</summary>
    Error,
}
