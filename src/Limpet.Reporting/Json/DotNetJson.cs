using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what a .NET process published of itself.</summary>
internal static class DotNetJson
{
    public static void Write(Utf8JsonWriter json, DotNetFigures figures)
    {
        json.WriteStartObject("dotnet");
        json.WriteString("refusal", figures.Refusal);
        json.Number("intervalSeconds", figures.IntervalSeconds);
        json.Objects("counters", figures.Counters, Figure);
        json.Objects("meters", figures.Meters, Figure);
        json.WriteEndObject();
    }

    private static void Figure(Utf8JsonWriter json, CounterFigure figure)
    {
        json.WriteString("source", figure.Source);
        json.WriteString("name", figure.Name);
        json.WriteString("tags", figure.Tags);
        json.WriteString("unit", figure.Unit);
        json.WriteBoolean("isRate", figure.IsRate);
        json.Number("first", figure.First);
        json.Number("last", figure.Last);
        json.Number("max", figure.Max);
        json.Number("total", figure.Total);
    }
}
