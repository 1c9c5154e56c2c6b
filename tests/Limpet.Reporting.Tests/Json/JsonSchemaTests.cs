using System.Text.Json;
using Limpet.Testing;

namespace Limpet.Reporting.Tests.Json;

/// <summary>The validator of tests must itself be able to say no.</summary>
public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"object"}""", "[]", "$ is a Array, not object")]
    [InlineData("""{"type":["string","null"]}""", "1", "$ is a Number, not [\"string\",\"null\"]")]
    [InlineData("""{"type":"integer"}""", "1.5", "$ is a Number, not integer")]
    [InlineData("""{"const":"a"}""", "\"b\"", "$ is b, not a")]
    [InlineData("""{"enum":["a",null]}""", "\"b\"", "$ is b, not one of [\"a\",null]")]
    [InlineData("""{"pattern":"^a$"}""", "\"b\"", "$ is 'b', not ^a$")]
    [InlineData("""{"minimum":1}""", "0", "$ is 0, less than 1")]
    [InlineData("""{"required":["a"]}""", "{}", "$ has no 'a'")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1}""", "$.a is a Number, not string")]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"a":1,"b":2}""", "$.b is not allowed")]
    [InlineData("""{"items":{"type":"string"}}""", """["a",2]""", "$[1] is a Number, not string")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"const":1}}}""", "2", "$ is 2, not 1")]
    [InlineData("""{"anyOf":[{"type":"null"},{"type":"string"}]}""", "2", "$ keeps none of the schemas of anyOf")]
    public void Check_ValueThatBreaksTheRule_SaysWhere(string schema, string value, string violation) =>
        Assert.Equal([violation], JsonSchema.Parse(schema).Check(JsonDocument.Parse(value).RootElement));

    [Fact]
    public void Parse_UnknownKeywordAnywhere_Throws() =>
        Assert.Throws<NotSupportedException>(() => JsonSchema.Parse("""{"properties":{"a":{"items":{"maxLength":3}}}}"""));

    [Theory]
    [InlineData("hunt")]
    [InlineData("snapshot")]
    [InlineData("inspect")]
    [InlineData("why")]
    [InlineData("diff")]
    [InlineData("ps")]
    [InlineData("doctor")]
    [InlineData("baseline")]
    public void Published_Schema_IsOfItsNameAndDescribesEveryProperty(string name)
    {
        _ = JsonSchema.Published(name);
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(JsonSchema.PathOf(name)));
        Assert.Equal($"urn:limpet:schema:{name}:1", schema.RootElement.GetProperty("$id").GetString());
        Assert.Equal($"limpet.{name}/1", schema.RootElement.GetProperty("properties").GetProperty("schema").GetProperty("const").GetString());
        Assert.All(Objects(schema.RootElement), one =>
        {
            Assert.Equal(JsonValueKind.False, one.GetProperty("additionalProperties").ValueKind);
            Assert.True(one.TryGetProperty("description", out _), one.ToString());
        });
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Objects(property.Value)).Concat(element.TryGetProperty("properties", out JsonElement all) && all.ValueKind == JsonValueKind.Object && element.TryGetProperty("required", out _) ? [element] : []),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
