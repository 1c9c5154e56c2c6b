using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Tests;

/// <summary>Writes traces for tests: one line an object, <c>~</c> before suspect steps.</summary>
internal static class TraceText
{
    public static string Of(RetentionTrace? trace) => trace is null
        ? "(no root)"
        : string.Join('\n', trace.Path.Select(Line).Prepend($"{trace.Root.Kind} {trace.Root.Name}"));

    public static string Of(ExplainedTrace? trace) => Of(trace?.Trace) + (trace?.Hint is { } hint ? $"\nhint: {hint}" : "");

    private static string Line(TraceElement element) =>
        (element.Suspect ? "~ " : "  ")
        + element.Type
        + (element.Detail is null ? "" : $" {element.Detail}")
        + (element.Member is null ? "" : $" → {element.Meaning ?? element.Member}")
        + (element.Leaking == LeakingStatus.Unknown ? "" : $" {element.Leaking}: {element.Reason}");
}
