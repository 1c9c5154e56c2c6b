using System.Text;
using Limpet.Heap;
using Limpet.Heap.Paths;

namespace Limpet.Capture.Tests;

/// <summary>What the roots of a graph reach, as text that does not depend on how nodes are numbered and edges ordered, nor on the names of members, which not every format keeps.</summary>
internal static class LiveText
{
    public static string Of(HeapGraph graph)
    {
        Reachability live = Reachability.From(graph, TestContext.Current.CancellationToken);
        List<string> lines = [];
        for (int value = 0; value < graph.NodeCount; value++)
        {
            NodeIndex node = new(value);
            if (live.Nodes.Contains(node))
            {
                string targets = string.Join(' ', graph.TargetsOf(node).ToArray().Select(target => graph.Addresses.AddressOf(new NodeIndex(target))).Order().Select(address => $"{address:x}"));
                lines.Add($"{graph.Addresses.AddressOf(node):x} {graph.TypeOf(node).Name} {graph.SizeOf(node)} -> {targets}");
            }
        }

        lines.AddRange(graph.Roots.Select(root => $"root {root.Kind} {root.Name} -> {graph.Addresses.AddressOf(root.Target):x}").Distinct());
        lines.Sort(StringComparer.Ordinal);
        return new StringBuilder().AppendJoin('\n', lines).ToString();
    }
}
