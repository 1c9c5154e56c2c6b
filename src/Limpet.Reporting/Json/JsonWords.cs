using System.Text.Json;

namespace Limpet.Reporting.Json;

/// <summary>How the values of results are spelled in JSON.</summary>
internal static class JsonWords
{
    /// <summary>A number, which must be finite: JSON has no other.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double value)
    {
        if (!double.IsFinite(value))
        {
            throw new InvalidOperationException($"Bug in Limpet: '{name}' is not finite. What was not measured is null.");
        }

        json.WriteNumber(name, value);
    }

    /// <summary>A number, left out when it was not measured.</summary>
    public static void OptionalNumber(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.Number(name, number);
        }
    }

    /// <summary>A text, left out when there is none.</summary>
    public static void OptionalText(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>Texts, in their order.</summary>
    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Numbers by name.</summary>
    public static void Numbers(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, double>> values)
    {
        json.WriteStartObject(name);
        foreach ((string key, double value) in values)
        {
            json.Number(key, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Numbers in their order, null where one was not read; left out when there are none.</summary>
    public static void OptionalNumbers(this Utf8JsonWriter json, string name, IReadOnlyCollection<double?> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (double? value in values)
        {
            if (value is { } number)
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>Objects, in their order.</summary>
    public static void Objects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T value in values)
        {
            json.WriteStartObject();
            write(json, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Objects, left out when there are none.</summary>
    public static void OptionalObjects<T>(this Utf8JsonWriter json, string name, IReadOnlyCollection<T> values, Action<Utf8JsonWriter, T> write)
    {
        if (values.Count > 0)
        {
            json.Objects(name, values, write);
        }
    }
}
