using System.Text.Json;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Heap.Subjects;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>Counts the objects of a type and its subclasses: those that the program reaches, and garbage apart. Events know neither garbage nor what a type is based on.</summary>
internal static class TracedCensus
{
    public static Action<Utf8JsonWriter> Answer(TracedWays ways, JsonElement request, CancellationToken cancellation)
    {
        string wanted = request.GetProperty("type").GetString()!;
        using TracedSource source = ways.Capture([], cancellation);
        HeapGraph graph = source.Graph;
        bool[] meant = [.. graph.Types.Select(type => Is(type, wanted))];
        Reachability reachable = Reachability.From(graph, cancellation);
        NodeSet own = OwnObjects.In(graph);
        long live = 0;
        long bytes = 0;
        long garbage = 0;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            NodeIndex index = new(node);
            if (!meant[graph.TypeIndexOf(index).Value] || own.Contains(index))
            {
                continue;
            }

            bool isLive = reachable.Nodes.Contains(index);
            live += isLive ? 1 : 0;
            garbage += isLive ? 0 : 1;
            bytes += isLive ? graph.SizeOf(index) : 0;
        }

        string? incomplete = graph.IncompleteReason;
        return json =>
        {
            json.WriteNumber("live", live);
            json.WriteNumber("bytes", bytes);
            if (source.Way != CaptureWay.EventPipe)
            {
                json.WriteNumber("garbage", garbage);
            }

            source.Write(json);
            if (incomplete is not null)
            {
                json.WriteString("incomplete", incomplete);
            }
        };
    }

    private static bool Is(HeapType type, string wanted) =>
        type.Name == wanted || type.BaseTypes.Contains(wanted);
}
