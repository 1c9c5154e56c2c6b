namespace Limpet.Results;

/// <summary>What kind of trouble stopped a command; each has its exit code.</summary>
public enum Trouble
{
    /// <summary>Bad usage, unreadable input, a command that cannot be started: exit code 2.</summary>
    BadInput,

    /// <summary>The subject could not be exercised or measured: exit code 3.</summary>
    NotRun,

    /// <summary>The system refused (permission, missing runtime part): exit code 5.</summary>
    Refused,
}

