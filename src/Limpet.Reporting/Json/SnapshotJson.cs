using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what a snapshot adds to the envelope.</summary>
internal static class SnapshotJson
{
    public static void Write(Utf8JsonWriter json, SnapshotResult snapshot)
    {
        HeapJson.Write(json, snapshot.Heap);
        json.WriteStartObject("timings");
        json.WriteNumber("attachSeconds", snapshot.Timings.Attach.TotalSeconds);
        json.WriteNumber("stallSeconds", snapshot.Timings.Stall.TotalSeconds);
        json.WriteNumber("totalSeconds", snapshot.Timings.Total.TotalSeconds);
        json.WriteEndObject();
        json.WriteString("way", CaptureWays.NameOf(snapshot.Way));
    }
}
