using System.Text.Json;
using Limpet.Heap;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Heap.Subjects;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>Counts what a process has on its heap: reachable objects by type, async methods that have not ended, and handles, without those of the library that asks. Events do not show which async methods have ended.</summary>
internal static class TracedHeap
{
    public static Action<Utf8JsonWriter> Answer(TracedWays ways, CancellationToken cancellation)
    {
        using TracedSource source = ways.Capture([], cancellation);
        HeapGraph graph = source.Graph;
        using ShortestPathTree tree = ShortestPathTree.Build(graph, cancellation);
        NodeSet own = OwnObjects.In(graph);
        long[] counts = new long[graph.Types.Length];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            NodeIndex index = new(node);
            counts[graph.TypeIndexOf(index).Value] += tree.IsReached(index) && !own.Contains(index) ? 1 : 0;
        }

        SortedDictionary<string, long> instances = Tally(counts.Select((count, type) => (SourceNames.Type(graph.Types[type].Name), count)));
        SortedDictionary<string, long> pending = Tally(PendingOperations.CountByMethod(tree).Select(entry => (entry.Key, entry.Value)));
        SortedDictionary<string, long> handles = Tally(graph.Roots
            .Where(root => root.Kind is RootKind.StrongHandle or RootKind.PinnedHandle or RootKind.AsyncPinnedHandle or RootKind.RefCountedHandle or RootKind.SizedRefHandle)
            .Select(root => (root.Kind.ToString(), 1L)));
        string? incomplete = graph.IncompleteReason;
        return json =>
        {
            Write(json, "instances", instances);
            if (source.Way != CaptureWay.EventPipe)
            {
                Write(json, "pendingOperations", pending);
            }

            Write(json, "handles", handles);
            source.Write(json);
            if (incomplete is not null)
            {
                json.WriteString("incomplete", incomplete);
            }
        };
    }

    private static SortedDictionary<string, long> Tally(IEnumerable<(string Name, long Count)> counts)
    {
        SortedDictionary<string, long> sums = new(StringComparer.Ordinal);
        foreach ((string name, long count) in counts.Where(one => one.Count > 0))
        {
            sums[name] = sums.GetValueOrDefault(name) + count;
        }

        return sums;
    }

    private static void Write(Utf8JsonWriter json, string name, SortedDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach ((string what, long count) in counts)
        {
            json.WriteNumber(what, count);
        }

        json.WriteEndObject();
    }
}
