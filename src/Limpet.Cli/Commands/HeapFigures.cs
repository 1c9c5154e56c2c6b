using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>A heap in numbers: what the roots reach.</summary>
internal static class HeapFigures
{
    /// <summary>Counts. O(nodes + edges).</summary>
    public static HeapSummary Of(HeapGraph graph, string file, CancellationToken cancellation)
    {
        Reachability reachable = Reachability.From(graph, cancellation);
        long references = 0;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            references += reachable.Nodes.Contains(new NodeIndex(node)) ? graph.TargetsOf(new NodeIndex(node)).Length : 0;
        }

        return new HeapSummary
        {
            Objects = reachable.Count,
            Bytes = new ByteSize(reachable.Bytes),
            References = references,
            Roots = graph.Roots.Length,
            Complete = graph.IncompleteReason is null,
            IncompleteReason = graph.IncompleteReason,
            File = file,
        };
    }
}
