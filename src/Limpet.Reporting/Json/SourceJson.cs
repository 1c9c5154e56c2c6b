using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes lines of source code: the same shape in every result, left out where the line is not known.</summary>
internal static class SourceJson
{
    public static void Write(Utf8JsonWriter json, SourceLine? source)
    {
        if (source is not null)
        {
            json.WriteStartObject("source");
            json.WriteString("file", source.File);
            json.WriteNumber("line", source.Line);
            json.WriteEndObject();
        }
    }
}
