using System.Text;
using Limpet.Capture.Exports;
using Limpet.Capture.Files;
using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Capture.GcDumps;

/// <summary>
/// Writes a <c>.gcdump</c>: version 10 of the heap, version 1 of the graph. The lengths of all nodes are needed before the first byte of them,
/// so the graph is walked twice.
/// </summary>
internal sealed unsafe class GcDumpWriter
{
    private const int HeapVersion = 10;
    private const int HeapLeastReader = 8;
    private const int GraphVersion = 1;

    /// <summary>The first node of the format is one that stands for all that are not described.</summary>
    private const int UndefinedBytes = 2;

    private readonly ByteSink sink;
    private readonly LiveNodes live;
    private readonly HeapGraph graph;
    private readonly List<(string Name, int[] Children)> roots = [];

    /// <summary>Size that most objects of a type have, by type of the graph; those of another size state it.</summary>
    private readonly int[] typeSizes;

    private GcDumpWriter(ByteSink sink, LiveNodes live)
    {
        this.sink = sink;
        this.live = live;
        graph = live.Graph;
        typeSizes = new int[graph.Types.Length];
        for (int node = graph.NodeCount - 1; node >= 0; node--)
        {
            typeSizes[graph.TypeIds[node]] = SizeOf(node);
        }

        AddRoots(RootTree.Of(live));
    }

    private int NodeCount => live.Count + roots.Count;

    public static ByteSize Write(Stream stream, HeapGraph graph, HeapFileMetadata metadata, CancellationToken cancellation)
    {
        using LiveNodes live = new(graph, cancellation);
        ByteSink sink = new(stream, cancellation);
        GcDumpWriter writer = new(sink, live);
        writer.Write(metadata);
        sink.Flush();
        return new ByteSize(sink.Position);
    }

    private void Write(HeapFileMetadata metadata)
    {
        sink.Write(FastReader.Signature);
        BeginObject(GcDumpContent.EntryType, HeapVersion, HeapLeastReader);
        BeginObject(GcDumpContent.GraphType, GraphVersion, 0);
        WriteGraph();
        Tag(FastTag.Byte);
        sink.Write((byte)1); // 64 bit
        Tag(FastTag.EndObject);
        sink.Write((byte)1);
        sink.Write(1f);
        sink.Write(1f);
        Tag(FastTag.Null);
        Tag(FastTag.Null);
        Text(null);
        sink.Write(metadata.CapturedAt.UtcDateTime.Ticks);
        Text(null);
        Text(metadata.CommandLine is [{ } first, ..] ? Path.GetFileName(first) : null);
        sink.Write(metadata.Pid);
        sink.Write(0L);
        sink.Write(0L);
        sink.Write(0);
        Tag(FastTag.Text);
        Text("limpet " + metadata.ToolVersion);
        Tag(FastTag.EndObject);
    }

    private void WriteGraph()
    {
        int types = graph.Types.Length;
        sink.Write(TotalBytes());
        sink.Write(live.Count);
        sink.Write(1 + types + roots.Count);
        Type("UNDEFINED", 0, null);
        for (int type = 0; type < types; type++)
        {
            Type(graph.Types[type].Name, typeSizes[type], graph.Types[type].Module);
        }

        foreach ((string name, _) in roots)
        {
            Type(name, 0, null);
        }

        sink.Write(NodeCount);
        long blobBytes = WriteLabels();
        sink.Write((int)blobBytes);
        WriteNodes();
        WriteAddresses();
    }

    private void AddRoots(RootTree tree)
    {
        // The node of all comes first; each kind follows it, and the roots of a kind follow that.
        int number = live.Count + 1;
        var kinds = new List<int>();
        var rest = new List<(string Name, int[] Children)>();
        foreach (var (kind, ofKind) in tree.Kinds)
        {
            (string group, string word) = GcDumpRoots.WordsOf(kind);
            kinds.Add(number);
            rest.Add((group, [.. Enumerable.Range(number + 1, ofKind.Length)]));
            rest.AddRange(ofKind.Select(root => ($"[{word} {root.Name}]", root.Targets.ToArray())));
            number += 1 + ofKind.Length;
        }

        roots.Add((GcDumpRoots.All, [.. kinds]));
        roots.AddRange(rest);
    }

    private int SizeOf(int node) => (int)Math.Min(int.MaxValue, graph.SizesInWords[node] * 8L);

    private long TotalBytes()
    {
        long bytes = 0;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            bytes += live.NumberOf(node) >= 0 ? SizeOf(node) : 0;
        }

        return bytes;
    }

    /// <summary>Where each node will begin; returns where the last one ends.</summary>
    private long WriteLabels()
    {
        long at = UndefinedBytes;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (live.NumberOf(node) is var number and >= 0)
            {
                sink.Write((int)(uint)at);
                at += HeadOf(node, out int own) + (own >= 0 ? CompressedInt.LengthOf(own) : 0) + CompressedInt.LengthOf(ChildCount(node));
                for (uint edge = graph.FirstEdges[node]; edge < graph.FirstEdges[node + 1L]; edge++)
                {
                    at += CompressedInt.LengthOf(live.NumberOf(graph.Targets[edge]) - number);
                }
            }
        }

        for (int root = 0; root < roots.Count; root++)
        {
            sink.Write((int)(uint)at);
            int number = live.Count + root;
            at += CompressedInt.LengthOf((1 + graph.Types.Length + root) << 1) + CompressedInt.LengthOf(roots[root].Children.Length)
                + roots[root].Children.Sum(child => (long)CompressedInt.LengthOf(child - number));
        }

        return at <= int.MaxValue ? at
            : throw new LimpetException(Trouble.Refused, $"The heap does not fit into a .gcdump: its {live.Count:N0} objects and {live.EdgeCount:N0} references take {new ByteSize(at)}, and the format ends at 2 GiB. Convert it to .limpet or .heapsnapshot.");
    }

    private void WriteNodes()
    {
        Number(0);
        Number(0);
        for (int node = 0; node < graph.NodeCount; node++)
        {
            if (live.NumberOf(node) is var number and >= 0)
            {
                HeadOf(node, out int own);
                Number(((int)graph.TypeIds[node] + 1) << 1 | (own >= 0 ? 1 : 0));
                if (own >= 0)
                {
                    Number(own);
                }

                Number(ChildCount(node));
                for (uint edge = graph.FirstEdges[node]; edge < graph.FirstEdges[node + 1L]; edge++)
                {
                    Number(live.NumberOf(graph.Targets[edge]) - number);
                }
            }
        }

        for (int root = 0; root < roots.Count; root++)
        {
            Number((1 + graph.Types.Length + root) << 1);
            Number(roots[root].Children.Length);
            foreach (int child in roots[root].Children)
            {
                Number(child - (live.Count + root));
            }
        }
    }

    private void WriteAddresses()
    {
        sink.Write(NodeCount);
        foreach (HeapSegment segment in graph.Addresses.Segments.Where(segment => segment.NodeCount > 0).OrderBy(segment => segment.FirstNode))
        {
            int node = segment.FirstNode;
            foreach (ulong address in graph.Addresses.AddressesOf(segment))
            {
                if (live.NumberOf(node++) >= 0)
                {
                    sink.Write((long)address);
                }
            }
        }

        for (int root = 0; root < roots.Count; root++)
        {
            sink.Write(0L);
        }
    }

    /// <summary>Bytes of the first number of a node; <paramref name="own"/> is the size that it must state, -1 when its type does.</summary>
    private int HeadOf(int node, out int own)
    {
        int type = (int)graph.TypeIds[node];
        int size = SizeOf(node);
        own = size == typeSizes[type] ? -1 : size;
        return CompressedInt.LengthOf((type + 1) << 1 | (own >= 0 ? 1 : 0));
    }

    private int ChildCount(int node) => (int)(graph.FirstEdges[node + 1L] - graph.FirstEdges[node]);

    private void Number(int value) => sink.Advance(CompressedInt.Write(value, sink.Room(CompressedInt.MostBytes)));

    private void Type(string name, int size, string? module)
    {
        Text(name);
        sink.Write(size);
        Text(module);
    }

    private void BeginObject(string type, int version, int leastReader)
    {
        Tag(FastTag.BeginObject);
        Tag(FastTag.BeginPrivateObject);
        Tag(FastTag.Null);
        sink.Write(version);
        sink.Write(leastReader);
        Text(type);
        Tag(FastTag.EndObject);
    }

    private void Tag(FastTag tag) => sink.Write((byte)tag);

    private void Text(string? text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
        sink.Write(text is null ? -1 : bytes.Length);
        sink.Write(bytes);
    }
}
