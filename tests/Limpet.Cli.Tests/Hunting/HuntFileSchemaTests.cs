using System.Runtime.CompilerServices;
using System.Text.Json;
using Limpet.Cli.Hunting.Options;

namespace Limpet.Cli.Tests.Hunting;

public sealed class HuntFileSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(SchemaPath())).RootElement;

    [Fact]
    public void Schema_Keys_AreTheReadersKeys() =>
        Assert.Equal(
            HuntWord.All.Select(word => word.Key).Append("$schema").Order(StringComparer.Ordinal),
            Schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Schema_Types_AreTheReadersTypes() => Assert.All(HuntWord.All, word =>
    {
        JsonElement property = Resolve(Schema.GetProperty("properties").GetProperty(word.Key));
        string[] types = property.TryGetProperty("oneOf", out JsonElement choices)
            ? [.. choices.EnumerateArray().Select(choice => Resolve(choice).GetProperty("type").GetString()!)]
            : [property.GetProperty("type").GetString()!];
        Assert.Equal(
            word.Kind switch
            {
                WordKind.Texts => ["string", "array"],
                WordKind.Words => ["array"],
                WordKind.Map => ["object"],
                WordKind.Number => ["integer"],
                WordKind.Flag => ["boolean"],
                _ => (string[])["string"],
            },
            types);
        Assert.Equal(word.Kind == WordKind.Duration, property.TryGetProperty("pattern", out JsonElement pattern) && pattern.GetString()!.Contains("ms|s|m|h", StringComparison.Ordinal));
    });

    [Fact]
    public void Schema_Drivers_AreTheReadersDrivers() =>
        Assert.Equal(
            HuntWord.Drivers,
            Schema.GetProperty("allOf")[1].GetProperty("oneOf").EnumerateArray().Select(one => one.GetProperty("required")[0].GetString()!));

    private static JsonElement Resolve(JsonElement element) =>
        element.TryGetProperty("$ref", out JsonElement reference) ? Schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]) : element;

    private static string SchemaPath([CallerFilePath] string here = "") =>
        Path.GetFullPath("../../../docs/schemas/hunt-file.schema.json", Path.GetDirectoryName(here)!);
}
