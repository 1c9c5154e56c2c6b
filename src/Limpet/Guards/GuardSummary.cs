using System.Globalization;
using System.Text.Json;
using Limpet.Results;

namespace Limpet.Guards;

/// <summary>Writes what a guard saw as JSON (schema <c>limpet.guard/1</c>).</summary>
internal static class GuardSummary
{
    public static void Write(GuardResult result, string? file)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            File.WriteAllBytes(file, ToJson(result));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new LimpetException(Trouble.BadInput, $"Cannot write the guard's summary to {file}: {trouble.Message} Name a file that can be written in LeakGuardOptions.SummaryFile or LIMPET_GUARD_SUMMARY.", trouble);
        }
    }

    public static byte[] ToJson(GuardResult result)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", result.Schema);
            json.WriteStartObject("tool");
            json.WriteString("name", result.Tool.Name);
            json.WriteString("version", result.Tool.Version);
            json.WriteEndObject();
            json.WriteString("startedAt", result.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteNumber("durationSeconds", Math.Round(result.DurationSeconds, 3));
            json.WriteString("framework", result.Framework);
            json.WriteString("runtime", result.Target?.Runtime);
            json.WriteString("verdict", result.Verdict.ToString());
            json.WriteString("reason", result.Reason);
            json.WriteNumber("tests", result.Tests);
            json.WriteNumber("overheadMillisecondsPerTest", result.Tests == 0 ? 0 : Math.Round(result.Overhead.TotalMilliseconds / result.Tests, 4));
            WriteAll(json, "left", result.Left, WriteLeft);
            WriteAll(json, "classes", result.Classes, WriteClass);
            WriteAll(json, "readings", result.Readings, WriteReading);
            WriteAll(json, "warnings", result.Warnings, static (json, text) => json.WriteStringValue(text));
            WriteAll(json, "blindSpots", result.BlindSpots, static (json, text) => json.WriteStringValue(text));
            json.WriteEndObject();
        }

        return [.. bytes.ToArray(), (byte)'\n'];
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    private static void WriteLeft(Utf8JsonWriter json, LeftBehind left)
    {
        json.WriteStartObject();
        json.WriteString("kind", left.Kind.ToString());
        json.WriteString("what", left.What);
        json.WriteNumber("count", left.Count);
        json.WriteString("status", left.Status.ToString());
        WriteAll(json, "tests", left.Tests, static (json, test) => json.WriteStringValue(test.ToString()));
        json.WriteString("culprit", left.Culprit?.ToString());
        json.WriteString("note", left.Note);
        if (left.Dose is { } dose)
        {
            json.WriteStartObject("dose");
            json.WriteNumber("warmUp", dose.WarmUp);
            json.WriteNumber("runs", dose.Runs);
            json.WriteNumber("growth", dose.Growth);
            json.WriteNumber("doubledRuns", dose.DoubledRuns);
            json.WriteNumber("doubledGrowth", dose.DoubledGrowth);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("dose");
        }

        json.WriteEndObject();
    }

    private static void WriteClass(Utf8JsonWriter json, GuardedClass ended)
    {
        json.WriteStartObject();
        json.WriteString("name", ended.Name);
        json.WriteNumber("tests", ended.Tests);
        json.WriteNumber("reading", ended.Reading);
        json.WriteEndObject();
    }

    private static void WriteReading(Utf8JsonWriter json, SettledReading reading)
    {
        json.WriteStartObject();
        json.WriteNumber("managedBytes", reading.ManagedBytes.Bytes);
        WriteNumber(json, "descriptors", reading.Descriptors);
        WriteNumber(json, "threads", reading.Threads);
        json.WriteNumber("timers", reading.Timers);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
