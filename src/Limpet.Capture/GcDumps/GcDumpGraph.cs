using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Capture.GcDumps;

/// <summary>
/// Makes a graph of the nodes of a <c>.gcdump</c>. Two passes over the file, O(nodes log nodes + edges): the objects are put in the order of
/// their addresses, as the graph wants it. Where the addresses are none that 64-bit objects can have (zero, twice, too near), the objects
/// are numbered instead, and an address is then such a number.
/// </summary>
internal sealed unsafe class GcDumpGraph
{
    private const long MostHeapBytes = 256L << 30;
    private const long LeastDoubtfulBytes = 1L << 30;
    private readonly GcDumpContent content;
    private readonly MappedFile file;
    private readonly GcDumpNodes nodes;
    private readonly CancellationToken cancellation;

    /// <summary>Index in the graph by node of the file; -1 for what is no object.</summary>
    private readonly int[] indexes;

    private readonly int[] order;
    private long edges;
    private long bytes;
    private int undefined;

    public GcDumpGraph(GcDumpContent content, MappedFile file, CancellationToken cancellation)
    {
        this.content = content;
        this.file = file;
        this.cancellation = cancellation;
        nodes = new GcDumpNodes(content, file);
        indexes = new int[content.NodeCount];
        order = FindObjects();
    }

    /// <summary>Builds the graph; it says of itself when it is not whole.</summary>
    public HeapGraph Build()
    {
        ulong[] addresses = Addresses();
        for (int index = 0; index < order.Length; index++)
        {
            indexes[order[index]] = index;
        }

        NativeArray<uint> types = new(order.Length);
        NativeArray<uint> sizes = new(order.Length);
        NativeArray<uint> firstEdges = new(order.Length + 1L);
        NativeArray<int> targets = new(edges);
        NativeArray<byte> slots = new(edges);
        ImmutableArray<HeapType> heapTypes = [.. content.Types.Select(Describe)];
        uint edge = 0;
        for (int index = 0; index < order.Length; index++)
        {
            CheckCancelled(index);
            int node = order[index];
            firstEdges.Pointer[index] = edge;
            int type = nodes.ReadHead(node, out int size, out int childCount, out byte* at);
            types.Pointer[index] = (uint)type;
            sizes.Pointer[index] = Words(size);
            byte slot = heapTypes[type].IsArray ? EdgeSlot.ArrayElement : EdgeSlot.BeyondLastField;
            for (int child = 0; child < childCount; child++)
            {
                int target = indexes[nodes.ReadChild(node, ref at)];
                if (target >= 0)
                {
                    targets.Pointer[edge] = target;
                    slots.Pointer[edge] = slot;
                    edge++;
                }
            }
        }

        firstEdges.Pointer[order.Length] = edge;
        HeapGraph graph = new(types, sizes, firstEdges, targets, slots, ObjectAddresses.Map(order.Length, index => addresses[index], sizes.Pointer), heapTypes, Roots());
        string? missing = WhatIsMissing(graph);
        return missing is null ? graph : new HeapGraph(types, sizes, firstEdges, targets, slots, graph.Addresses, heapTypes, graph.Roots) { IncompleteReason = missing };
    }

    private static uint Words(int size) => (uint)Math.Max(1, ((long)size + 7) / 8);

    private static HeapType Describe(GcDumpType type)
    {
        // PerfView and dotnet-gcdump add to the names of large objects how large they are.
        int note = type.Name.EndsWith(')') ? type.Name.LastIndexOf(" (", StringComparison.Ordinal) : -1;
        string name = note > 0 && type.Name.AsSpan(note).Contains(" > ", StringComparison.Ordinal) ? type.Name[..note] : type.Name;
        TypeTraits traits = (name.EndsWith(']') && name.Contains('[', StringComparison.Ordinal) && name[^2] is '[' or ',' ? TypeTraits.Array : 0) | (name is "System.String" or "string" ? TypeTraits.String : 0);
        return new HeapType(name, type.Module is { Length: > 0 } module ? Path.GetFileName(module.Replace('\\', '/')) : null, traits);
    }

    /// <summary>Nodes with an address are objects. Counts their references, and what was lost.</summary>
    private int[] FindObjects()
    {
        var found = new List<int>(content.NodeCount);
        for (int node = 0; node < content.NodeCount; node++)
        {
            CheckCancelled(node);
            indexes[node] = -1;
            if (!nodes.IsDefined(node))
            {
                undefined++;
                continue;
            }

            nodes.ReadHead(node, out int size, out int childCount, out byte* at);
            bytes += size;
            if (nodes.AddressOf(node) == 0)
            {
                continue;
            }

            // Nodes do not share their references: where they seem to, a small file would make a huge graph.
            edges += childCount;
            if (edges > content.BlobBytes)
            {
                throw file.Unreadable($"it was altered: its objects have more references than its {content.BlobBytes:N0} bytes of them can hold.");
            }

            for (int child = 0; child < childCount; child++)
            {
                nodes.ReadChild(node, ref at);
            }

            found.Add(node);
        }

        // The map of addresses takes 1/64 of the heap: sizes that cannot be true must not decide about memory.
        if (bytes > MostHeapBytes || (bytes > LeastDoubtfulBytes && bytes / 2 > content.TotalBytes))
        {
            throw file.Unreadable($"it was altered: its objects have {new ByteSize(bytes)}, and it states {new ByteSize(content.TotalBytes)}.");
        }

        int[] objects = [.. found];
        Array.Sort(Array.ConvertAll(objects, nodes.AddressOf), objects);
        return objects;
    }

    private ulong[] Addresses()
    {
        ulong[] addresses = Array.ConvertAll(order, nodes.AddressOf);
        ulong end = 0;
        for (int index = 0; index < order.Length; index++)
        {
            nodes.ReadHead(order[index], out int size, out _, out _);
            if (addresses[index] < end || addresses[index] % 8 != 0 || addresses[index] >= ObjectAddresses.EndOfUserAddresses)
            {
                return Numbers();
            }

            end = addresses[index] + (Words(size) * 8UL);
        }

        return addresses;
    }

    /// <summary>As if the objects lay one behind the other.</summary>
    private ulong[] Numbers()
    {
        var numbers = new ulong[order.Length];
        ulong at = ObjectAddresses.SmallestGap;
        for (int index = 0; index < order.Length; index++)
        {
            numbers[index] = at;
            nodes.ReadHead(order[index], out int size, out _, out _);
            at += Words(size) * 8UL;
        }

        return numbers;
    }

    /// <summary>Follows the nodes without an address from the root of all to the objects that they hold.</summary>
    private ImmutableArray<GcRoot> Roots()
    {
        var roots = ImmutableArray.CreateBuilder<GcRoot>();
        var seen = new HashSet<int> { content.RootIndex };
        var open = new Stack<(int Node, RootKind? Kind)>([(content.RootIndex, null)]);
        while (open.TryPop(out (int Node, RootKind? Kind) from))
        {
            if (!nodes.IsDefined(from.Node))
            {
                continue;
            }

            if (indexes[from.Node] >= 0)
            {
                roots.Add(new GcRoot(new NodeIndex(indexes[from.Node]), RootKind.StrongHandle, "root"));
                continue;
            }

            int type = nodes.ReadHead(from.Node, out _, out int childCount, out byte* at);
            string text = content.Types[type].Name;
            RootKind? kind = GcDumpRoots.KindOf(text) ?? from.Kind;
            string name = GcDumpRoots.NameOf(text);
            for (int child = 0; child < childCount; child++)
            {
                int target = nodes.ReadChild(from.Node, ref at);
                if (indexes[target] >= 0)
                {
                    roots.Add(new GcRoot(new NodeIndex(indexes[target]), kind ?? RootKind.StrongHandle, name));
                }
                else if (seen.Add(target))
                {
                    open.Push((target, kind));
                }
            }
        }

        return roots.ToImmutable();
    }

    /// <summary>
    /// A tool that lost events writes a file all the same. It shows in objects that are referred to and not there, in sums that do not
    /// agree, and in objects that nothing reaches: only what the collector reached is written.
    /// </summary>
    private string? WhatIsMissing(HeapGraph graph)
    {
        const double LeastReached = 0.99;
        if (undefined > 0)
        {
            return $"{undefined:N0} of {content.NodeCount:N0} objects of the .gcdump are referred to and not described: the tool that wrote it lost them";
        }

        if (bytes != content.TotalBytes)
        {
            return $"the objects of the .gcdump have {bytes:N0} bytes, and it states {content.TotalBytes:N0}";
        }

        if (content.CountMultiplier > 1)
        {
            return $"the .gcdump is a sample: each object stands for {content.CountMultiplier:0.##}";
        }

        long reached = Reachability.From(graph, cancellation).Count;
        return reached < graph.NodeCount * LeastReached
            ? $"the roots of the .gcdump reach {reached:N0} of its {graph.NodeCount:N0} objects ({100.0 * reached / graph.NodeCount:0.0} %): roots or references are missing"
            : null;
    }

    private void CheckCancelled(int node)
    {
        const int NodesBetweenChecks = 1 << 16;
        if (node % NodesBetweenChecks == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
