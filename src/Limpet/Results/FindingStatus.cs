namespace Limpet.Results;

/// <summary>How a finding stands against the accepted known leaks.</summary>
public enum FindingStatus
{
    /// <summary>Not in the baseline.</summary>
    New,

    /// <summary>Accepted for now: listed, but it does not fail the run.</summary>
    Known,

    /// <summary>In the baseline, and no longer there.</summary>
    Fixed,
}
