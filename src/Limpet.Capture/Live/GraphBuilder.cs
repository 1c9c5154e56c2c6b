using System.Collections.Immutable;
using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Heap.Strings;

namespace Limpet.Capture.Live;

/// <summary>
/// Makes a graph of what the workers decoded, while the target runs again: joins their nodes, turns references into node indexes
/// where they stand, and adds the edges of dependent handles. O(nodes + edges), on all cores where it is worth it.
/// </summary>
internal sealed unsafe class GraphBuilder(HeapDecoder decoder)
{
    private readonly int[] nodesBefore = new int[decoder.Workers.Count];
    private GraphArenas joined = null!;
    private int nodes;
    private long edges;
    private int strings;

    /// <summary>Where references begin that point to no object.</summary>
    private readonly List<NodeIndex> lostFrom = [];

    public AddressMap Addresses { get; private set; } = null!;

    public int NodeOf(int worker, int localNode) => nodesBefore[worker] + localNode;

    /// <summary>Ordinal of the layout of a node, once everything is linked.</summary>
    public int TypeOf(int node) => (int)joined.Types[node];

    /// <summary>Size of a node in bytes, once everything is linked.</summary>
    public long SizeOf(NodeIndex node) => joined.Sizes[node.Value] * 8L;

    /// <summary>Makes nodes and edges. Nothing is asked of the target, so names can be looked up meanwhile.</summary>
    public void Link(IReadOnlyList<(ulong Key, ulong Value)> dependent)
    {
        Join();
        joined.FirstEdges[nodes] = (uint)edges;
        NativeArena bitmap = decoder.TakeBitmap();
        Addresses = new AddressMap(
            new NativeArray<ulong>((ulong*)bitmap.Pointer, decoder.Blocks.BitmapWords, bitmap.Dispose),
            [.. decoder.Segments.Select(ToSegment)]);
        Resolve();
        AddDependent(dependent);
        joined.FirstEdges[nodes] = (uint)edges;
    }

    /// <summary>The graph of what was linked.</summary>
    public HeapGraph Build(
        DateTime? readAt,
        ImmutableArray<HeapType> types,
        ImmutableArray<GcRoot> roots,
        ImmutableArray<WeakHandle> weak,
        bool hasStrings,
        ImmutableDictionary<StringPrint, string>? texts,
        NodeFacts facts,
        ImmutableDictionary<ulong, MethodName> methods,
        ImmutableDictionary<string, Version> versions,
        string? incompleteReason)
    {
        GraphArenas owned = joined;
        HeapGraph graph = new(
            new NativeArray<uint>(owned.Types, nodes, () => { }),
            new NativeArray<uint>(owned.Sizes, nodes, () => { }),
            new NativeArray<uint>(owned.FirstEdges, nodes + 1L, () => { }),
            new NativeArray<int>((int*)owned.Targets, edges, () => { }),
            new NativeArray<byte>(owned.Slots, edges, () => decoder.ReturnArenas(owned)),
            Addresses,
            types,
            roots)
        {
            ReadAt = readAt,
            Facts = facts,
            WeakHandles = weak,
            Strings = hasStrings ? new HeapStrings(new NativeArray<int>(owned.StringLengths, strings, () => { }), new NativeArray<ulong>(owned.StringHashes, strings, () => { }), texts) : null,
            Methods = methods,
            ModuleVersions = versions,
            IncompleteReason = incompleteReason,
        };
        if (incompleteReason is null && LostReferences.Describe(graph, lostFrom) is { } lost)
        {
            graph.MarkIncomplete(lost);
        }

        return graph;
    }

    private void Join()
    {
        joined = decoder.Workers[0].Arenas;
        nodes = decoder.Workers[0].Nodes;
        edges = decoder.Workers[0].Edges;
        strings = decoder.Workers[0].Strings;
        for (int index = 1; index < decoder.Workers.Count; index++)
        {
            DecodeWorker worker = decoder.Workers[index];
            nodesBefore[index] = nodes;
            joined.Append(worker.Arenas, nodes, edges, worker.Nodes, worker.Edges);
            joined.AppendStrings(worker.Arenas, strings, worker.Strings);
            nodes += worker.Nodes;
            edges += worker.Edges;
            strings += worker.Strings;
            decoder.ReturnArenas(worker.Arenas);
        }
    }

    private HeapSegment ToSegment(SegmentPlan plan) => new(
        plan.Start,
        plan.End,
        plan.Generation,
        decoder.Blocks.GranuleOf(plan.Start),
        NodeOf(plan.Worker, plan.FirstLocalNode),
        plan.NodeCount);

    private void Resolve()
    {
        const long Chunk = 1 << 20;
        long chunks = (edges + Chunk - 1) / Chunk;
        long lost = 0;
        uint* targets = joined.Targets;
        Parallel.For(0, chunks, chunk => Interlocked.Add(ref lost, Addresses.ToNodes(targets + (chunk * Chunk), Math.Min(Chunk, edges - (chunk * Chunk)))));
        for (int worker = 0; worker < decoder.Workers.Count; worker++)
        {
            lostFrom.AddRange(decoder.Workers[worker].StrayFrom.Select(node => new NodeIndex(NodeOf(worker, node))));
        }

        if (lost > 0)
        {
            DropLost();
        }
    }

    private void DropLost()
    {
        long kept = 0;
        for (int node = 0; node < nodes; node++)
        {
            uint first = joined.FirstEdges[node];
            uint end = node + 1 < nodes ? joined.FirstEdges[node + 1] : (uint)edges;
            joined.FirstEdges[node] = (uint)kept;
            for (uint edge = first; edge < end; edge++)
            {
                if ((int)joined.Targets[edge] < 0)
                {
                    lostFrom.Add(new NodeIndex(node));
                    continue;
                }

                joined.Targets[kept] = joined.Targets[edge];
                joined.Slots[kept] = joined.Slots[edge];
                kept++;
            }
        }

        edges = kept;
    }

    /// <summary>Inserts key → value edges: from the last to the first, so that everything moves at most once.</summary>
    private void AddDependent(IReadOnlyList<(ulong Key, ulong Value)> dependent)
    {
        var added = new List<(int Key, int Value)>();
        foreach ((ulong key, ulong value) in dependent)
        {
            if (Addresses.TryFind(key, out NodeIndex from) && Addresses.TryFind(value, out NodeIndex to))
            {
                added.Add((from.Value, to.Value));
            }
        }

        if (added.Count == 0)
        {
            return;
        }

        added.Sort((left, right) => left.Key.CompareTo(right.Key));
        long sourceEnd = edges;
        int nodeEnd = nodes;
        for (int index = added.Count - 1; index >= 0; index--)
        {
            // The new edge stands behind the edges of its key; what follows moves up by the number of edges still to come.
            (int key, int value) = added[index];
            int shift = index + 1;
            bool isSameKey = index + 1 < added.Count && added[index + 1].Key == key;
            long sourceStart = isSameKey ? sourceEnd : joined.FirstEdges[key + 1];
            Move(sourceStart, sourceEnd, shift);
            for (int node = key + 1; node < nodeEnd; node++)
            {
                joined.FirstEdges[node] += (uint)shift;
            }

            joined.Targets[sourceStart + index] = (uint)value;
            joined.Slots[sourceStart + index] = EdgeSlot.DependentHandle;
            sourceEnd = sourceStart;
            nodeEnd = key + 1;
        }

        edges += added.Count;
    }

    private void Move(long start, long end, int shift)
    {
        long length = end - start;
        if (length > 0)
        {
            Buffer.MemoryCopy(joined.Targets + start, joined.Targets + start + shift, length * 4, length * 4);
            Buffer.MemoryCopy(joined.Slots + start, joined.Slots + start + shift, length, length);
        }
    }
}
