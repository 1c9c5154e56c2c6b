using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes findings. What was not measured or is not known is left out.</summary>
internal static class FindingJson
{
    public static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("kind", finding.Kind.ToString());
        json.WriteString("subject", finding.Subject);
        json.WriteString("status", finding.Status.ToString());
        json.WriteString("signature", finding.Signature);
        Amount(json, "perOperation", finding.PerOperation);
        Amount(json, "perSecond", finding.PerSecond);
        Amount(json, "retained", finding.Retained);
        json.OptionalNumbers("course", finding.Course);
        if (finding.Readings is { } readings)
        {
            json.WriteStartObject("readings");
            json.OptionalNumber("immediate", readings.Immediate);
            json.OptionalNumber("natural", readings.Natural);
            json.OptionalNumber("settled", readings.Settled);
            json.WriteEndObject();
        }

        if (finding.Dose is { } dose)
        {
            json.WriteStartObject("dose");
            json.Number("expected", dose.Expected);
            json.Number("measured", dose.Measured);
            json.WriteEndObject();
        }

        json.WriteNumber("seenUpToOperations", finding.SeenUpToOperations);
        SourceJson.Write(json, finding.Source);
        json.WriteString("confidence", finding.Confidence);
        if (finding.Holder is { } holder)
        {
            HolderJson.Write(json, holder);
        }

        json.OptionalText("hint", finding.Hint);
        json.OptionalObjects("stacks", finding.Stacks, Stack);
        json.OptionalObjects("related", finding.Related, Related);
    }

    private static void Amount(Utf8JsonWriter json, string name, Amount? amount)
    {
        if (amount is not null)
        {
            json.WriteStartObject(name);
            json.OptionalNumber("count", amount.Count);
            json.OptionalNumber("bytes", amount.Bytes);
            json.WriteEndObject();
        }
    }

    private static void Stack(Utf8JsonWriter json, ThreadStackGroup stack)
    {
        json.WriteNumber("count", stack.Count);
        json.WriteStartArray("threads");
        foreach (int thread in stack.Threads)
        {
            json.WriteNumberValue(thread);
        }

        json.WriteEndArray();
        json.OptionalText("waitsFor", stack.WaitsFor);
        json.Texts("frames", stack.Frames);
    }

    private static void Related(Utf8JsonWriter json, RelatedGrowth related)
    {
        json.WriteString("metric", related.Metric);
        json.OptionalNumber("perOperation", related.PerOperation);
        json.OptionalNumber("perSecond", related.PerSecond);
        json.OptionalText("detail", related.Detail);
    }
}
