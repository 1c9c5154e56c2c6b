using System.Collections.Immutable;
using System.Text.Json;

namespace Limpet.Heap.Holders;

/// <summary>What is known of the runtime and of common packages: data with ranges of versions (<c>known-facts.json</c>), no code that knows a library.</summary>
internal static class KnownFacts
{
    private const string Resource = "known-facts.json";

    /// <summary>All facts, in the order of the file.</summary>
    public static ImmutableArray<KnownFact> All { get; } = Read();

    /// <summary>The first fact about the object at a position; null when there is none.</summary>
    public static KnownFact? About(TracePath path, int position) => All.FirstOrDefault(fact => fact.IsAbout(path, position));

    private static ImmutableArray<KnownFact> Read()
    {
        using Stream stream = typeof(KnownFacts).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"Bug in Limpet: {Resource} is not in the assembly.");
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static KnownFact Read(JsonElement fact) => new(
        fact.GetProperty("id").GetString()!,
        Enum.Parse<KnownFactKind>(fact.GetProperty("kind").GetString()!),
        fact.GetProperty("module").GetString()!,
        VersionRange.Parse(fact.GetProperty("versions").GetString()!),
        Text(fact, "root"),
        Text(fact, "type"),
        Text(fact, "member"),
        fact.TryGetProperty("most", out JsonElement most) ? most.GetInt32() : null,
        fact.GetProperty("says").GetString()!,
        Text(fact, "hint"))
    {
        Unlimited = fact.TryGetProperty("unlimited", out JsonElement unlimited) && unlimited.GetBoolean(),
    };

    private static string? Text(JsonElement fact, string name) => fact.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
