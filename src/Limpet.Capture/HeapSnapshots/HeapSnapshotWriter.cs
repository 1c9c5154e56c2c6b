using System.Text.Encodings.Web;
using System.Text.Json;
using Limpet.Capture.Exports;
using Limpet.Heap;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Capture.HeapSnapshots;

/// <summary>
/// Writes a <c>.heapsnapshot</c> in one pass over the nodes and one over the edges: the root, one node of each kind of root, one of each
/// root by name, then the objects. Readers keep the numbers in 32 bits, so an object's id is its number and not its address.
/// </summary>
internal sealed unsafe class HeapSnapshotWriter
{
    private const int FieldsPerNode = 7;
    private const int SyntheticNode = 9;
    private const int ObjectNode = 3;
    private const int ElementEdge = 1;
    private const int PropertyEdge = 2;
    private const string Meta = """
        {"snapshot":{"meta":{"node_fields":["type","name","id","self_size","edge_count","trace_node_id","detachedness"],"node_types":[["hidden","array","string","object","code","closure","regexp","number","native","synthetic","concatenated string","sliced string","symbol","bigint","object shape"],"string","number","number","number","number","number"],"edge_fields":["type","name_or_index","to_node"],"edge_types":[["context","element","property","internal","hidden","shortcut","weak"],"string_or_number","node"],"trace_function_info_fields":["function_id","name","script_name","script_id","line","column"],"trace_node_fields":["id","function_info_index","count","size","children"],"sample_fields":["timestamp_us","last_assigned_id"],"location_fields":["object_index","script_id","line","column"]},
        """;

    private readonly ByteSink sink;
    private readonly LiveNodes live;
    private readonly HeapGraph graph;
    private readonly RootTree roots;
    private readonly StringTable strings = new();

    /// <summary>Text of each slot by type, one more than its number; 0 where it was not asked for yet.</summary>
    private readonly int[]?[] members;

    private bool isFirst = true;

    private HeapSnapshotWriter(ByteSink sink, LiveNodes live)
    {
        this.sink = sink;
        this.live = live;
        graph = live.Graph;
        roots = RootTree.Of(live);
        members = new int[graph.Types.Length][];
        _ = strings.NumberOf("");
    }

    private long NodeCount => (long)roots.NodeCount + live.Count;

    public static ByteSize Write(Stream stream, HeapGraph graph, CancellationToken cancellation)
    {
        using LiveNodes live = new(graph, cancellation);
        ByteSink sink = new(stream, cancellation);
        HeapSnapshotWriter writer = new(sink, live);
        if (writer.NodeCount * FieldsPerNode > uint.MaxValue)
        {
            throw new LimpetException(Trouble.Refused, $"The heap does not fit into a .heapsnapshot: it has {live.Count:N0} objects, and readers of the format count to {uint.MaxValue / FieldsPerNode:N0}. Convert it to .limpet.");
        }

        writer.WriteAll();
        sink.Flush();
        return new ByteSize(sink.Position);
    }

    private void WriteAll()
    {
        sink.WriteText(Meta);
        sink.WriteText(FormattableString.Invariant($"\"node_count\":{NodeCount},\"edge_count\":{roots.EdgeCount + live.EdgeCount},\"trace_function_count\":0,\"extra_native_bytes\":0}},\n\"nodes\":["));
        WriteNodes();
        sink.WriteText("],\n\"edges\":[");
        isFirst = true;
        WriteEdges();
        sink.WriteText("],\n\"trace_function_infos\":[],\n\"trace_tree\":[],\n\"samples\":[],\n\"locations\":[],\n\"strings\":[");
        for (int text = 0; text < strings.Texts.Count; text++)
        {
            sink.WriteText(text == 0 ? "\"" : ",\n\"");
            sink.Write(JsonEncodedText.Encode(strings.Texts[text], JavaScriptEncoder.Default).EncodedUtf8Bytes);
            sink.Write((byte)'"');
        }

        sink.WriteText("]}\n");
    }

    private void WriteNodes()
    {
        Node(SyntheticNode, "(GC roots)", 0, 0, roots.Kinds.Length);
        int number = 1;
        foreach (var (kind, ofKind) in roots.Kinds)
        {
            Node(SyntheticNode, $"({GroupOf(kind)})", number++, 0, ofKind.Length);
            foreach (var (name, targets) in ofKind)
            {
                Node(SyntheticNode, RootWords.Of(kind, name), number++, 0, targets.Length);
            }
        }

        int[] names = [.. graph.Types.Select(type => strings.NumberOf(SourceNames.Type(type.Name)))];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (live.NumberOf(node) is var own and >= 0)
            {
                Node(ObjectNode, names[graph.TypeIds[node]], (long)roots.NodeCount + own, graph.SizesInWords[node] * 8L, graph.FirstEdges[node + 1L] - graph.FirstEdges[node]);
            }
        }
    }

    private void WriteEdges()
    {
        int number = 1;
        foreach (var (kind, ofKind) in roots.Kinds)
        {
            Edge(PropertyEdge, strings.NumberOf(GroupOf(kind)), number);
            number += 1 + ofKind.Length;
        }

        number = 1;
        foreach (var (_, ofKind) in roots.Kinds)
        {
            for (int root = 0; root < ofKind.Length; root++)
            {
                Edge(ElementEdge, root, number + 1 + root);
            }

            foreach (var (_, targets) in ofKind)
            {
                for (int target = 0; target < targets.Length; target++)
                {
                    Edge(ElementEdge, target, (long)roots.NodeCount + targets[target]);
                }
            }

            number += 1 + ofKind.Length;
        }

        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (live.NumberOf(node) < 0)
            {
                continue;
            }

            int element = 0;
            for (uint edge = graph.FirstEdges[node]; edge < graph.FirstEdges[node + 1L]; edge++)
            {
                byte slot = graph.Slots[edge];
                bool isElement = slot == EdgeSlot.ArrayElement;
                Edge(isElement ? ElementEdge : PropertyEdge, isElement ? element++ : MemberOf((int)graph.TypeIds[node], slot), (long)roots.NodeCount + live.NumberOf(graph.Targets[edge]));
            }
        }
    }

    private int MemberOf(int type, byte slot)
    {
        int[] ofType = members[type] ??= new int[byte.MaxValue + 1];
        if (ofType[slot] == 0)
        {
            ofType[slot] = 1 + strings.NumberOf(SourceNames.Field(EdgeLabel.Of(graph.Types[type], slot).Member));
        }

        return ofType[slot] - 1;
    }

    private void Node(int kind, string name, long number, long size, long edges) => Node(kind, strings.NumberOf(name), number, size, edges);

    private void Node(int kind, int name, long number, long size, long edges)
    {
        Separate();
        sink.WriteDigits(kind);
        Digits(name);
        Digits((2 * number) + 1); // odd, as V8's own
        Digits(Math.Min(size, uint.MaxValue));
        Digits(edges);
        Digits(0);
        Digits(0);
    }

    private void Edge(int kind, int name, long target)
    {
        Separate();
        sink.WriteDigits(kind);
        Digits(name);
        Digits(target * FieldsPerNode);
    }

    private void Separate()
    {
        if (!isFirst)
        {
            sink.Write((byte)',');
            sink.Write((byte)'\n');
        }

        isFirst = false;
    }

    private void Digits(long value)
    {
        sink.Write((byte)',');
        sink.WriteDigits(value);
    }

    private static string GroupOf(RootKind kind) => kind switch
    {
        RootKind.StaticField => "static fields",
        RootKind.ThreadStatic => "thread static fields",
        RootKind.Stack => "stacks",
        RootKind.FinalizerQueue => "finalizer queue",
        RootKind.RuntimeTable => "tables of the runtime",
        RootKind.PinnedHandle => "pinned handles",
        RootKind.AsyncPinnedHandle => "handles pinned for asynchronous input and output",
        RootKind.RefCountedHandle => "reference-counted handles",
        RootKind.SizedRefHandle => "sized-reference handles",
        _ => "strong handles",
    };
}
