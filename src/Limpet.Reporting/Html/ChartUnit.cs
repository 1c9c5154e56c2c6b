namespace Limpet.Reporting.Html;

/// <summary>What the numbers along an axis are.</summary>
internal enum ChartUnit
{
    /// <summary>Things that are counted.</summary>
    Count,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Seconds from the start of the run.</summary>
    Seconds,
}
