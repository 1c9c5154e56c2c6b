namespace Limpet.Results;

/// <summary>What a check of the machine came to.</summary>
public enum CheckState
{
    /// <summary>Nothing stands in the way.</summary>
    Ok,

    /// <summary>Some things do not work, or not for long.</summary>
    Limited,

    /// <summary>What it is needed for does not work.</summary>
    Refused,

    /// <summary>The system does not tell.</summary>
    Unknown,
}
