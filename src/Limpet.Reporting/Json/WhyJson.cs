using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what <c>why</c> adds to the envelope.</summary>
internal static class WhyJson
{
    public static void Write(Utf8JsonWriter json, WhyResult why)
    {
        json.WriteStartObject("matches");
        json.WriteString("type", why.Matches.Type);
        json.Address("address", why.Matches.Address);
        json.WriteNumber("count", why.Matches.Count);
        json.WriteBoolean("rooted", why.Matches.Rooted);
        json.WriteNumber("rootedCount", why.Matches.RootedCount);
        json.Tallies("garbage", "generation", why.Matches.Garbage);
        json.WriteEndObject();
        json.Objects("traces", why.Traces, Trace);
        json.WriteNumber("omittedShapes", why.OmittedShapes);
    }

    private static void Trace(Utf8JsonWriter json, WhyTrace trace)
    {
        json.WriteNumber("count", trace.Count);
        json.WriteNumber("retainedBytes", trace.Retained.Bytes);
        HolderJson.Write(json, trace.Holder);
        json.OptionalText("signature", trace.Signature);
        json.OptionalText("hint", trace.Hint);
        SourceJson.Write(json, trace.Source);
    }
}
