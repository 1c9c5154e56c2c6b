using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes retention traces: the same shape in every result.</summary>
internal static class HolderJson
{
    public static void Write(Utf8JsonWriter json, RetentionTrace holder)
    {
        json.WriteStartObject("holder");
        json.WriteStartObject("root");
        json.WriteString("kind", holder.Root.Kind);
        json.WriteString("name", holder.Root.Name);
        json.OptionalText("threads", holder.Root.Threads);
        SourceJson.Write(json, holder.Root.Source);
        json.WriteEndObject();
        json.Objects("path", holder.Path, Element);
        json.WriteEndObject();
    }

    private static void Element(Utf8JsonWriter json, TraceElement element)
    {
        json.WriteString("type", element.Type);
        json.OptionalText("detail", element.Detail);
        json.OptionalText("fullType", element.FullType);
        json.WriteString("member", element.Member);
        json.WriteString("kind", element.Kind);
        json.OptionalText("meaning", element.Meaning);
        json.WriteString("leaking", element.Leaking.ToString());
        json.WriteString("reason", element.Reason);
        json.WriteBoolean("suspect", element.Suspect);
        SourceJson.Write(json, element.Source);
    }
}
