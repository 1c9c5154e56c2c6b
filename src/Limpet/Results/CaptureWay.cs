namespace Limpet.Results;

/// <summary>How a heap came to be read.</summary>
public enum CaptureWay
{
    /// <summary>From the memory of the running process.</summary>
    Live,

    /// <summary>From a dump that was written for it.</summary>
    Dump,

    /// <summary>From the events of the diagnostics port.</summary>
    EventPipe,

    /// <summary>From a dump through the enumeration of the debugging library: of a system whose dumps are not decoded.</summary>
    PortableDump,
}
