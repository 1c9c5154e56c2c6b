using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what <c>ps</c> adds to the envelope.</summary>
internal static class PsJson
{
    public static void Write(Utf8JsonWriter json, PsResult ps) => json.Objects("processes", ps.Processes, Process);

    private static void Process(Utf8JsonWriter json, ProcessSummary process)
    {
        json.WriteNumber("pid", process.Pid);
        json.Texts("command", process.Command);
        json.WriteString("runtime", process.Runtime);
        json.WriteString("user", process.User);
    }
}
