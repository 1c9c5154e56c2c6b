using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what <c>doctor</c> adds to the envelope.</summary>
internal static class DoctorJson
{
    public static void Write(Utf8JsonWriter json, DoctorResult doctor)
    {
        json.Objects("checks", doctor.Checks, Check);
        json.WriteString("rate", doctor.Rate);
        json.Objects("projections", doctor.Projections, Projection);
    }

    private static void Check(Utf8JsonWriter json, MachineCheck check)
    {
        json.WriteString("name", check.Name);
        json.WriteString("state", check.State.ToString());
        json.WriteString("value", check.Value);
        json.WriteString("means", check.Means);
        json.WriteString("remedy", check.Remedy);
    }

    private static void Projection(Utf8JsonWriter json, LimitProjection projection)
    {
        json.WriteString("limit", projection.Limit);
        json.Number("limitValue", projection.LimitValue);
        json.Number("used", projection.Used);
        json.OptionalNumber("inSeconds", projection.InSeconds);
    }
}
