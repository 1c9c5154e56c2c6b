using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes a heap in numbers, as every result has it that tells of one.</summary>
internal static class HeapJson
{
    public static void Write(Utf8JsonWriter json, HeapSummary heap)
    {
        json.WriteStartObject("heap");
        json.WriteNumber("objects", heap.Objects);
        json.WriteNumber("bytes", heap.Bytes.Bytes);
        json.WriteNumber("references", heap.References);
        json.WriteNumber("roots", heap.Roots);
        json.WriteBoolean("complete", heap.Complete);
        json.WriteString("incompleteReason", heap.IncompleteReason);
        json.WriteString("file", heap.File);
        json.WriteEndObject();
    }
}
