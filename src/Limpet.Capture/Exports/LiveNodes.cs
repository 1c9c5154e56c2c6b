using Limpet.Heap;
using Limpet.Heap.Paths;

namespace Limpet.Capture.Exports;

/// <summary>
/// What the roots reach, numbered anew without gaps: other tools' files describe living objects only, and take everything in them for alive.
/// 4 bytes a node of the graph.
/// </summary>
internal sealed unsafe class LiveNodes : IDisposable
{
    private readonly NativeArray<int> numbers;

    public LiveNodes(HeapGraph graph, CancellationToken cancellation)
    {
        Graph = graph;
        Reachability reachable = Reachability.From(graph, cancellation);
        Count = checked((int)reachable.Count);
        Bytes = reachable.Bytes;
        numbers = new NativeArray<int>(graph.NodeCount);
        int next = 0;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            bool isLive = reachable.Nodes.Contains(new NodeIndex(node));
            numbers.Pointer[node] = isLive ? next++ : -1;
            EdgeCount += isLive ? graph.FirstEdges[node + 1L] - graph.FirstEdges[node] : 0;
        }
    }

    public HeapGraph Graph { get; }

    /// <summary>Objects that are reached.</summary>
    public int Count { get; }

    /// <summary>Their own sizes, added up.</summary>
    public long Bytes { get; }

    /// <summary>References between them.</summary>
    public long EdgeCount { get; }

    /// <summary>The new number of a node; -1 when nothing reaches it.</summary>
    public int NumberOf(int node) => numbers.Pointer[node];

    public void Dispose() => numbers.Dispose();
}
