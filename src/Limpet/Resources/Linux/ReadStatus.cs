namespace Limpet.Resources.Linux;

/// <summary>How a read of <c>/proc</c> went.</summary>
internal enum ReadStatus
{
    Ok,

    /// <summary>The process or thread ended.</summary>
    Gone,

    /// <summary>The system refused.</summary>
    Refused,
}
