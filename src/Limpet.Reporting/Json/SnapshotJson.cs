using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what a snapshot adds to the envelope.</summary>
internal static class SnapshotJson
{
    public static void Write(Utf8JsonWriter json, SnapshotResult snapshot)
    {
        HeapSummary heap = snapshot.Heap;
        json.WriteStartObject("heap");
        json.WriteNumber("objects", heap.Objects);
        json.WriteNumber("bytes", heap.Bytes.Bytes);
        json.WriteNumber("references", heap.References);
        json.WriteNumber("roots", heap.Roots);
        json.WriteBoolean("complete", heap.Complete);
        json.WriteString("incompleteReason", heap.IncompleteReason);
        json.WriteString("file", heap.File);
        json.WriteEndObject();
        json.WriteStartObject("timings");
        json.WriteNumber("attachSeconds", snapshot.Timings.Attach.TotalSeconds);
        json.WriteNumber("stallSeconds", snapshot.Timings.Stall.TotalSeconds);
        json.WriteNumber("totalSeconds", snapshot.Timings.Total.TotalSeconds);
        json.WriteEndObject();
        json.WriteString("way", NameOf(snapshot.Way));
    }

    private static string NameOf(CaptureWay way) => way switch
    {
        CaptureWay.Live => "live",
        CaptureWay.Dump => "dump",
        CaptureWay.EventPipe => "eventpipe",
        _ => throw new InvalidOperationException($"Bug in Limpet: capture way {way} has no name."),
    };
}
