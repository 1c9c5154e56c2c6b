using System.Text;
using Limpet.Heap;

namespace Limpet.Capture.Tests.Files;

/// <summary>Everything that a graph holds, as text: two graphs are equal when their texts are.</summary>
internal static class GraphText
{
    public static string Of(HeapGraph graph)
    {
        StringBuilder text = new();
        text.AppendLine($"incomplete: {graph.IncompleteReason}");
        foreach (HeapType type in graph.Types)
        {
            text.AppendLine($"type {type.Name} | {type.Module ?? "(none)"} | {type.Traits} | {string.Join(',', type.BaseTypes)} | {string.Join(',', type.SlotNames)}");
        }

        foreach (HeapSegment segment in graph.Addresses.Segments)
        {
            text.AppendLine($"{segment}");
        }

        for (int value = 0; value < graph.NodeCount; value++)
        {
            NodeIndex node = new(value);
            string edges = string.Join(' ', graph.TargetsOf(node).ToArray().Zip(graph.SlotsOf(node).ToArray(), (target, slot) => $"{slot}:{target}"));
            text.AppendLine($"{value} {graph.Addresses.AddressOf(node):x} {graph.SizeOf(node)} {graph.TypeIndexOf(node).Value} {edges}");
        }

        // Which module a method is in is known of a process only.
        foreach (GcRoot root in graph.Roots.Select(root => root with { Method = null }))
        {
            text.AppendLine($"{root}");
        }

        foreach (FactKind kind in Enum.GetValues<FactKind>())
        {
            text.AppendLine($"{kind}: {string.Join(' ', graph.Facts.Of(kind))}");
        }

        foreach ((string module, Version version) in graph.ModuleVersions.OrderBy(module => module.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"module {module} {version}");
        }

        foreach ((ulong code, MethodName method) in graph.Methods.OrderBy(method => method.Key).Select(method => (method.Key, method.Value with { Module = null, Token = 0 })))
        {
            text.AppendLine($"{code:x} {method}");
        }

        text.AppendLine(graph.WeakHandles is { } weak ? $"weak {string.Join(' ', weak)}" : "weak handles unknown");
        if (graph.Strings is { } strings)
        {
            text.AppendLine($"strings {string.Join(' ', Enumerable.Range(0, strings.Count).Select(index => strings[index]))}");
            text.AppendLine($"texts {(strings.Texts is null ? "none" : string.Join('|', strings.Texts.OrderBy(text => text.Key.Hash)))}");
        }

        return text.ToString();
    }
}
