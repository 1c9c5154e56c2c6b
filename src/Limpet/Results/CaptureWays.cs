namespace Limpet.Results;

/// <summary>The words for ways to a heap, the same on the command line and in results.</summary>
public static class CaptureWays
{
    /// <summary>The word for a way: <c>live</c>, <c>dump</c>, <c>eventpipe</c> or <c>portable-dump</c>.</summary>
    public static string NameOf(CaptureWay way) => way switch
    {
        CaptureWay.Live => "live",
        CaptureWay.Dump => "dump",
        CaptureWay.EventPipe => "eventpipe",
        CaptureWay.PortableDump => "portable-dump",
        _ => throw new InvalidOperationException($"Bug in Limpet: capture way {way} has no name."),
    };

    /// <summary>The way of a word; null where there is none.</summary>
    public static CaptureWay? TryRead(string? word) => word switch
    {
        "live" => CaptureWay.Live,
        "dump" => CaptureWay.Dump,
        "eventpipe" => CaptureWay.EventPipe,
        "portable-dump" => CaptureWay.PortableDump,
        _ => null,
    };
}
