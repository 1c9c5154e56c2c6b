namespace Limpet.Reporting.JUnit;

/// <summary>How a test case ended.</summary>
internal enum JUnitOutcome
{
    /// <summary>Well.</summary>
    Passed,

    /// <summary>What was tested is not as it should be.</summary>
    Failure,

    /// <summary>It could not be tested.</summary>
    Error,

    /// <summary>It is not, and that is accepted for now.</summary>
    Skipped,
}
