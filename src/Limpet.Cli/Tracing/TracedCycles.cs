using System.Text.Json;
using Limpet.Heap;
using Limpet.Heap.Cycles;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Heap.Subjects;
using Limpet.Reporting.Json;

namespace Limpet.Cli.Tracing;

/// <summary>Answers which objects that a test tracks are parts of cycles. Events cannot: they name no single objects, and what nothing reaches was collected before.</summary>
internal static class TracedCycles
{
    private const string NotByEvents = "The events of its runtime name no single objects, and so none of those that are tracked. Run the test where its memory can be read.";

    public static Action<Utf8JsonWriter> Answer(TracedWays ways, JsonElement request, CancellationToken cancellation)
    {
        using TracedSource source = ways.Capture(TracedHandles.Read(request), cancellation, NotByEvents);
        HeapGraph graph = source.Graph;
        using StrongComponents components = StrongComponents.Find(graph, cancellation);
        HashSet<int> meant = [.. source.Objects.Where(node => !node.IsNone).Select(components.ComponentOf).Where(component => component >= 0)];
        NodeSet own = OwnObjects.In(graph);
        CallerFrames.AddRoots(graph, CallerFrames.In(graph, own, managedThreadId: 0));
        Reachability reachable = Reachability.From(graph, cancellation);
        (ComponentShape Shape, string[] Types)[] shapes =
        [
            .. ComponentShapes.Of(components, reachable.Nodes.Contains, cancellation, meant.Contains)
                .Select(shape => (shape, shape.Types.Select(type => SourceNames.Type(graph.Types[type.Type.Value].Name)).ToArray())),
        ];
        return json => json.Objects("cycles", shapes, (item, shape) => Write(item, shape.Shape, shape.Types));
    }

    private static void Write(Utf8JsonWriter json, ComponentShape shape, string[] types)
    {
        json.WriteNumber("count", shape.Count);
        json.WriteNumber("objects", shape.Objects);
        json.WriteNumber("mutualPairs", shape.MutualPairs);
        json.WriteBoolean("rooted", shape.Rooted);
        json.WriteNumber("bytes", shape.Bytes);
        json.Objects("types", types.Zip(shape.Types), (item, type) =>
        {
            item.WriteString("name", type.First);
            item.WriteNumber("count", type.Second.Count);
        });
    }
}
