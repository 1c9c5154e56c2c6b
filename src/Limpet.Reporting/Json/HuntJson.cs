using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what a hunt adds to the envelope.</summary>
internal static class HuntJson
{
    /// <summary>What stands before the warnings.</summary>
    public static void WriteOperations(Utf8JsonWriter json, HuntResult hunt)
    {
        json.WriteStartObject("operations");
        json.WriteNumber("done", hunt.Operations.Done);
        json.WriteNumber("failed", hunt.Operations.Failed);
        json.WriteEndObject();
    }

    /// <summary>What stands after them.</summary>
    public static void WriteDetails(Utf8JsonWriter json, HuntResult hunt)
    {
        json.WriteStartObject("measurements");
        json.Numbers("noiseFloor", hunt.Measurements.NoiseFloor);
        json.Objects("rounds", hunt.Measurements.Rounds, Round);
        json.OptionalObjects("undecided", hunt.Measurements.Undecided, Undecided);
        json.WriteEndObject();
    }

    private static void Undecided(Utf8JsonWriter json, UndecidedSeries series)
    {
        json.WriteString("metric", series.Metric);
        json.WriteString("reason", series.Reason);
        json.OptionalNumbers("course", series.Course);
    }

    private static void Round(Utf8JsonWriter json, RoundMeasurement round)
    {
        json.WriteString("kind", round.Kind);
        json.WriteNumber("operations", round.Operations);
        json.WriteNumber("failed", round.Failed);
        json.Number("atSeconds", round.AtSeconds);
        if (round.PausedSeconds > 0)
        {
            json.Number("pausedSeconds", round.PausedSeconds);
        }

        json.Number("stallSeconds", round.StallSeconds);
        json.Numbers("metrics", round.Metrics);
        json.Numbers("immediate", round.Immediate);
    }
}
