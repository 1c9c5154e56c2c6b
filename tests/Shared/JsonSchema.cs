using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Limpet.Testing;

/// <summary>
/// Holds JSON against a published schema of docs/schemas. Knows the part of JSON Schema 2020-12 that those files use, and throws on a
/// keyword that it does not know: a rule that is not looked at must not pass as kept.
/// </summary>
internal sealed class JsonSchema
{
    private static readonly string[] Annotations = ["$schema", "$id", "title", "description"];
    private readonly JsonElement root;

    private JsonSchema(JsonElement root)
    {
        RequireKnown(root);
        this.root = root;
    }

    /// <summary>Reads a schema from its text.</summary>
    public static JsonSchema Parse(string text) => new(JsonDocument.Parse(text).RootElement);

    /// <summary>Reads a published schema, such as <c>hunt</c> for docs/schemas/hunt.schema.json.</summary>
    public static JsonSchema Published(string name) => Parse(File.ReadAllText(PathOf(name)));

    /// <summary>The schema that a document names in its <c>schema</c> property, such as <c>limpet.hunt/1</c>.</summary>
    public static JsonSchema Of(JsonElement document)
    {
        string name = document.GetProperty("schema").GetString()!;
        Match match = Regex.Match(name, "^limpet\\.([a-z]+)/1$");
        return match.Success ? Published(match.Groups[1].Value) : throw new InvalidOperationException($"'{name}' is no schema of Limpet.");
    }

    /// <summary>Everything in which a document differs from the schema it names; empty when it keeps it.</summary>
    public static IReadOnlyList<string> Violations(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Of(document.RootElement).Check(document.RootElement);
    }

    /// <summary>Everything in which a value differs from this schema; empty when it keeps it.</summary>
    public IReadOnlyList<string> Check(JsonElement value)
    {
        List<string> violations = [];
        Check(root, value, "$", violations);
        return violations;
    }

    /// <summary>Where a published schema lies.</summary>
    public static string PathOf(string name) => Path.Combine(Folder(), name + ".schema.json");

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath("../../docs/schemas", Path.GetDirectoryName(here)!);

    private void Check(JsonElement schema, JsonElement value, string at, List<string> violations)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            Expect(schema.ValueKind == JsonValueKind.True, at, "is not allowed", violations);
            return;
        }

        foreach (JsonProperty rule in schema.EnumerateObject())
        {
            Apply(schema, rule, value, at, violations);
        }
    }

    private void Apply(JsonElement schema, JsonProperty rule, JsonElement value, string at, List<string> violations)
    {
        switch (rule.Name)
        {
            case "type":
                Expect(List(rule.Value).Any(type => HasType(value, type.GetString()!)), at, $"is a {value.ValueKind}, not {rule.Value}", violations);
                break;
            case "const":
                Expect(JsonElement.DeepEquals(rule.Value, value), at, $"is {value}, not {rule.Value}", violations);
                break;
            case "enum":
                Expect(rule.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)), at, $"is {value}, not one of {rule.Value}", violations);
                break;
            case "pattern" when value.ValueKind == JsonValueKind.String:
                Expect(Regex.IsMatch(value.GetString()!, rule.Value.GetString()!, RegexOptions.ECMAScript), at, $"is '{value}', not {rule.Value}", violations);
                break;
            case "minimum" when value.ValueKind == JsonValueKind.Number:
                Expect(value.GetDouble() >= rule.Value.GetDouble(), at, $"is {value}, less than {rule.Value}", violations);
                break;
            case "required" when value.ValueKind == JsonValueKind.Object:
                foreach (JsonElement name in rule.Value.EnumerateArray())
                {
                    Expect(value.TryGetProperty(name.GetString()!, out _), at, $"has no '{name}'", violations);
                }

                break;
            case "properties" when value.ValueKind == JsonValueKind.Object:
                foreach (JsonProperty property in value.EnumerateObject().Where(property => rule.Value.TryGetProperty(property.Name, out _)))
                {
                    Check(rule.Value.GetProperty(property.Name), property.Value, $"{at}.{property.Name}", violations);
                }

                break;
            case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                foreach (JsonProperty property in value.EnumerateObject().Where(property => !Names(schema, property.Name)))
                {
                    Check(rule.Value, property.Value, $"{at}.{property.Name}", violations);
                }

                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Check(rule.Value, item, $"{at}[{index++}]", violations);
                }

                break;
            case "$ref":
                Check(Definition(rule.Value.GetString()!), value, at, violations);
                break;
            case "anyOf":
                Expect(rule.Value.EnumerateArray().Any(one => Keeps(one, value)), at, "keeps none of the schemas of anyOf", violations);
                break;
            default:
                break; // an annotation, or a rule about values of another type; unknown ones were refused when the schema was read
        }
    }

    private static void RequireKnown(JsonElement schema)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return;
        }

        foreach (JsonProperty rule in schema.EnumerateObject())
        {
            IEnumerable<JsonElement> inner = rule.Name switch
            {
                "$defs" or "properties" => rule.Value.EnumerateObject().Select(property => property.Value),
                "items" or "additionalProperties" => [rule.Value],
                "anyOf" => rule.Value.EnumerateArray(),
                "type" or "const" or "enum" or "pattern" or "minimum" or "required" or "$ref" => [],
                _ when Annotations.Contains(rule.Name) => [],
                _ => throw new NotSupportedException($"The schema keyword '{rule.Name}' is not known here."),
            };
            foreach (JsonElement one in inner)
            {
                RequireKnown(one);
            }
        }
    }

    private bool Keeps(JsonElement schema, JsonElement value)
    {
        List<string> violations = [];
        Check(schema, value, "$", violations);
        return violations.Count == 0;
    }

    private JsonElement Definition(string reference) =>
        reference.StartsWith("#/$defs/", StringComparison.Ordinal) && root.GetProperty("$defs").TryGetProperty(reference["#/$defs/".Length..], out JsonElement found)
            ? found
            : throw new InvalidOperationException($"The schema refers to '{reference}', which it does not define.");

    private static bool Names(JsonElement schema, string property) =>
        schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(property, out _);

    private static IReadOnlyList<JsonElement> List(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && Math.Truncate(value.GetDouble()) == value.GetDouble(),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The schema type '{type}' is not known here."),
    };

    private static void Expect(bool kept, string at, string violation, List<string> violations)
    {
        if (!kept)
        {
            violations.Add($"{at} {violation}");
        }
    }
}
