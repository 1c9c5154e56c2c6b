using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes where resident memory went.</summary>
internal static class MemoryJson
{
    public static void Write(Utf8JsonWriter json, MemoryTable memory)
    {
        json.WriteStartObject("memory");
        json.WriteNumber("rssBytes", memory.Rss.Bytes);
        json.Objects("rows", memory.Rows, Row);
        json.WriteString("answer", memory.Answer);
        json.Texts("doubts", memory.Doubts);
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, MemoryRow row)
    {
        json.WriteString("use", row.Use.ToString());
        json.WriteNumber("bytes", row.Bytes.Bytes);
        json.WriteString("detail", row.Detail);
        json.WriteString("nextStep", row.NextStep);
    }
}
