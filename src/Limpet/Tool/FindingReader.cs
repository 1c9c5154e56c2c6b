using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Results;

namespace Limpet.Tool;

/// <summary>Reads the findings of an answer: as data, and as the tool draws them.</summary>
internal static class FindingReader
{
    /// <summary>The findings, each with its drawing.</summary>
    public static ImmutableArray<(Finding Finding, string Text)> Read(JsonElement answer) =>
        [.. answer.GetProperty("findings").EnumerateArray().Select(item => (Finding(item), Text(item, "text") ?? ""))];

    private static Finding Finding(JsonElement item) => new()
    {
        Kind = Enum.Parse<FindingKind>(Text(item, "kind")!),
        Subject = Text(item, "subject")!,
        Signature = Text(item, "signature")!,
        PerOperation = Amount(item, "perOperation"),
        PerSecond = Amount(item, "perSecond"),
        Retained = Amount(item, "retained"),
        Readings = item.TryGetProperty("readings", out JsonElement readings)
            ? new Readings(Number(readings, "immediate"), Number(readings, "natural"), Number(readings, "settled"))
            : null,
        Dose = item.TryGetProperty("dose", out JsonElement dose) ? new DoseResult(Number(dose, "expected") ?? 0, Number(dose, "measured") ?? 0) : null,
        SeenUpToOperations = (long)(Number(item, "seenUpToOperations") ?? 0),
        Source = Source(item),
        Confidence = Text(item, "confidence")!,
        Holder = item.TryGetProperty("holder", out JsonElement holder) ? Holder(holder) : null,
        Hint = Text(item, "hint"),
        Stacks = item.TryGetProperty("stacks", out JsonElement stacks) ? [.. stacks.EnumerateArray().Select(Stack)] : [],
        Related = item.TryGetProperty("related", out JsonElement related)
            ? [.. related.EnumerateArray().Select(growth => new RelatedGrowth(Text(growth, "metric")!, Number(growth, "perOperation")) { PerSecond = Number(growth, "perSecond"), Detail = Text(growth, "detail") })]
            : [],
    };

    private static RetentionTrace Holder(JsonElement holder)
    {
        JsonElement root = holder.GetProperty("root");
        return new RetentionTrace(
            new TraceRoot(Text(root, "kind")!, Text(root, "name")!) { Source = Source(root), Threads = Text(root, "threads") },
            [.. holder.GetProperty("path").EnumerateArray().Select(Element)]);
    }

    private static TraceElement Element(JsonElement element) =>
        new(Text(element, "type")!, Text(element, "member"), Text(element, "kind"), Enum.Parse<LeakingStatus>(Text(element, "leaking")!), Text(element, "reason")!)
        {
            Detail = Text(element, "detail"),
            FullType = Text(element, "fullType"),
            Meaning = Text(element, "meaning"),
            Suspect = element.GetProperty("suspect").GetBoolean(),
            Source = Source(element),
        };

    private static ThreadStackGroup Stack(JsonElement stack) => new(
        stack.GetProperty("count").GetInt32(),
        [.. stack.GetProperty("threads").EnumerateArray().Select(thread => thread.GetInt32())],
        Text(stack, "waitsFor"),
        [.. stack.GetProperty("frames").EnumerateArray().Select(frame => frame.GetString()!)]);

    private static SourceLine? Source(JsonElement item) =>
        item.TryGetProperty("source", out JsonElement source) && source.ValueKind == JsonValueKind.Object
            ? new SourceLine(Text(source, "file")!, source.GetProperty("line").GetInt32())
            : null;

    private static Amount? Amount(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement amount) ? new Amount(Number(amount, "count"), Number(amount, "bytes")) : null;

    private static double? Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
