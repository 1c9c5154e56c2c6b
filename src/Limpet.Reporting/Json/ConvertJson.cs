using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what a conversion adds to the envelope.</summary>
internal static class ConvertJson
{
    public static void Write(Utf8JsonWriter json, ConvertResult convert)
    {
        HeapJson.Write(json, convert.Heap);
        json.WriteString("format", convert.Format);
        json.WriteNumber("fileBytes", convert.FileSize.Bytes);
    }
}
