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
        if (why.Matches.Weak is { } weak)
        {
            Weak(json, weak);
        }

        json.WriteEndObject();
        json.Objects("traces", why.Traces, Trace);
        json.WriteNumber("omittedShapes", why.OmittedShapes);
    }

    private static void Weak(Utf8JsonWriter json, WeakHold weak)
    {
        json.WriteStartObject("weak");
        json.WriteNumber("shortHandles", weak.ShortHandles);
        json.WriteNumber("longHandles", weak.LongHandles);
        json.WriteNumber("objects", weak.Objects);
        json.OptionalNumber("goesWithGeneration", weak.GoesWithGeneration);
        json.WriteBoolean("finalizable", weak.Finalizable);
        json.Objects("dependentHandles", weak.Dependent, (_, pair) =>
        {
            json.WriteString("key", pair.Key);
            json.WriteString("value", pair.Value);
            json.WriteNumber("count", pair.Count);
            json.WriteBoolean("asKey", pair.AsKey);
        });
        json.WriteEndObject();
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
