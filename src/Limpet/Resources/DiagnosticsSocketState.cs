namespace Limpet.Resources;

/// <summary>Whether a diagnostics socket can be used.</summary>
public enum DiagnosticsSocketState
{
    /// <summary>It is there and belongs to the user of the process.</summary>
    Ready,

    /// <summary>There is none at the path where the runtime puts it.</summary>
    Absent,

    /// <summary>The process was started with diagnostics switched off.</summary>
    SwitchedOff,

    /// <summary>What is at the path belongs to another user, or is no socket: never connected to.</summary>
    Foreign,

    /// <summary>The path cannot be known, because the system refused a look at the process.</summary>
    Unknown,
}
