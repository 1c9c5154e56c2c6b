using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>
/// Writes results as JSON, in the shape of the published schema that each result names. The same result gives the same bytes, whatever
/// the culture. All bytes are ASCII: a name that comes from a target can neither end a string nor reach a terminal as a control sequence.
/// </summary>
public static class ResultJson
{
    // Relaxed, so that List<string> and +1.00 stay readable; what it lets through beyond ASCII is escaped afterwards.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The result as text, with a line break at its end.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="InvalidOperationException">A number is not finite, or the kind of result is not known: a bug in Limpet.</exception>
    public static string Write(ResultEnvelope result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Options))
        {
            json.WriteStartObject();
            Envelope(json, result);
            json.WriteEndObject();
        }

        return Ascii(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)) + "\n";
    }

    /// <summary>Writes the result to a stream as UTF-8 without a byte order mark.</summary>
    /// <param name="result">The result.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <exception cref="InvalidOperationException">A number is not finite, or the kind of result is not known: a bug in Limpet.</exception>
    public static void Write(ResultEnvelope result, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.ASCII.GetBytes(Write(result)));
    }

    private static void Envelope(Utf8JsonWriter json, ResultEnvelope result)
    {
        json.WriteString("schema", result.Schema);
        json.WriteStartObject("tool");
        json.WriteString("name", result.Tool.Name);
        json.WriteString("version", result.Tool.Version);
        json.WriteEndObject();
        json.WriteString("startedAt", result.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.Number("durationSeconds", result.DurationSeconds);
        Target(json, result.Target);
        json.WriteStartObject("environment");
        foreach ((string name, string value) in result.Environment)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        if (result is JudgedResult judged)
        {
            JudgedJson.WriteVerdict(json, judged);
        }

        if (result is HuntResult operations)
        {
            HuntJson.WriteOperations(json, operations);
        }

        json.Texts("warnings", result.Warnings);
        json.Texts("blindSpots", result.BlindSpots);
        if (result is JudgedResult found)
        {
            JudgedJson.WriteFindings(json, found);
        }

        Details(json, result);
    }

    private static void Details(Utf8JsonWriter json, ResultEnvelope result)
    {
        switch (result)
        {
            case HuntResult hunt:
                HuntJson.WriteDetails(json, hunt);
                break;
            case SnapshotResult snapshot:
                SnapshotJson.Write(json, snapshot);
                break;
            case ConvertResult convert:
                ConvertJson.Write(json, convert);
                break;
            case WhyResult why:
                WhyJson.Write(json, why);
                break;
            case WatchResult watch:
                WatchJson.Write(json, watch);
                break;
            case InspectResult inspect:
                InspectJson.Write(json, inspect);
                break;
            case DiffResult diff:
                DiffJson.Write(json, diff);
                break;
            case DoctorResult doctor:
                DoctorJson.Write(json, doctor);
                break;
            case PsResult ps:
                PsJson.Write(json, ps);
                break;
            default:
                throw new InvalidOperationException($"Bug in Limpet: no JSON for {result.Schema}.");
        }
    }

    private static void Target(Utf8JsonWriter json, TargetInfo? target)
    {
        if (target is null)
        {
            json.WriteNull("target");
            return;
        }

        json.WriteStartObject("target");
        if (target.Pid is { } pid)
        {
            json.WriteNumber("pid", pid);
        }
        else
        {
            json.WriteNull("pid");
        }

        json.Texts("command", target.Command);
        json.WriteString("runtime", target.Runtime);
        json.WriteEndObject();
    }

    /// <summary>Outside ASCII there is only the inside of strings, where each UTF-16 unit has an escape.</summary>
    private static string Ascii(string json)
    {
        if (!json.AsSpan().ContainsAnyExceptInRange((char)0, (char)0x7e))
        {
            return json;
        }

        StringBuilder text = new(json.Length + 64);
        foreach (char c in json)
        {
            _ = c < 0x7f ? text.Append(c) : text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return text.ToString();
    }
}
