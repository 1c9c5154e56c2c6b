using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Limpet.Heap.Strings;

namespace Limpet.Heap;

/// <summary>
/// The objects of a heap and the references between them, in compressed sparse rows: for each node its type, its size and where
/// its edges begin; for each edge its target and the slot it leaves through. No contents, no managed object per node.
/// Memory: 12 bytes a node (type 4, size 4, first edge 4) and 5 bytes an edge (target 4, slot 1), beside the
/// <see cref="AddressMap"/>. At 2.3 edges a node that is 16 bytes a node and 4 bytes an edge within a percent.
/// Objects that no root reaches may be among the nodes: reachability is a question of its own.
/// </summary>
public sealed unsafe class HeapGraph : IDisposable
{
    private readonly NativeArray<uint> types;
    private readonly NativeArray<uint> sizes;
    private readonly NativeArray<uint> firstEdges;
    private readonly NativeArray<int> targets;
    private readonly NativeArray<byte> slots;
    private string? incompleteReason;

    /// <summary>Creates a graph, which takes over the arrays.</summary>
    /// <param name="types">Index of the type, by node.</param>
    /// <param name="sizes">Size in units of 8 bytes, by node.</param>
    /// <param name="firstEdges">First edge, by node; one entry more than nodes.</param>
    /// <param name="targets">Target, by edge.</param>
    /// <param name="slots"><see cref="EdgeSlot"/>, by edge.</param>
    /// <param name="addresses">Addresses of the nodes.</param>
    /// <param name="heapTypes">The types.</param>
    /// <param name="roots">The roots.</param>
    public HeapGraph(
        NativeArray<uint> types,
        NativeArray<uint> sizes,
        NativeArray<uint> firstEdges,
        NativeArray<int> targets,
        NativeArray<byte> slots,
        AddressMap addresses,
        ImmutableArray<HeapType> heapTypes,
        ImmutableArray<GcRoot> roots)
    {
        this.types = types;
        this.sizes = sizes;
        this.firstEdges = firstEdges;
        this.targets = targets;
        this.slots = slots;
        Addresses = addresses;
        Types = heapTypes;
        Roots = roots;
        NodeCount = checked((int)(firstEdges.Length - 1));
    }

    /// <summary>Number of objects, reachable or not.</summary>
    public int NodeCount { get; }

    /// <summary>Number of references between them.</summary>
    public long EdgeCount => firstEdges[NodeCount];

    /// <summary>The types, by <see cref="TypeIndex"/>.</summary>
    public ImmutableArray<HeapType> Types { get; }

    /// <summary>The roots.</summary>
    public ImmutableArray<GcRoot> Roots { get; private set; }

    /// <summary>Addresses of the nodes.</summary>
    public AddressMap Addresses { get; }

    /// <summary>When the heap was read, in universal time; null where the source does not tell.</summary>
    public DateTime? ReadAt { get; init; }

    /// <summary>Numbers read from some objects.</summary>
    public NodeFacts Facts { get; init; } = NodeFacts.Empty;

    /// <summary>Methods that facts refer to, by address of their code.</summary>
    public ImmutableDictionary<ulong, MethodName> Methods { get; init; } = ImmutableDictionary<ulong, MethodName>.Empty;

    /// <summary>Versions of modules by file name without extension, as far as the capture read them; <c>System.Private.CoreLib</c> has that of the runtime.</summary>
    public ImmutableDictionary<string, Version> ModuleVersions { get; init; } = ImmutableDictionary<string, Version>.Empty;

    /// <summary>GC handles that hold nothing; null where the source does not tell.</summary>
    public ImmutableArray<WeakHandle>? WeakHandles { get; init; }

    /// <summary>Length and hash of every string, 12 bytes each; null where the source does not tell or nobody asked. The graph's to dispose.</summary>
    public HeapStrings? Strings { get; init; }

    /// <summary>Null for a whole graph; else what is missing and why.</summary>
    public string? IncompleteReason
    {
        get => incompleteReason;
        init => incompleteReason = value;
    }

    /// <summary>Bytes that nodes, edges, addresses and strings take.</summary>
    public long MemoryBytes =>
        (NodeCount * 12L) + 4 + (EdgeCount * 5) + Addresses.MemoryBytes + (Strings?.MemoryBytes ?? 0);

    /// <summary>Type index of every node, for loops.</summary>
    public uint* TypeIds => types.Pointer;

    /// <summary>Size of every node in units of 8 bytes, for loops.</summary>
    public uint* SizesInWords => sizes.Pointer;

    /// <summary>First edge of every node and one more, for loops.</summary>
    public uint* FirstEdges => firstEdges.Pointer;

    /// <summary>Target of every edge, for loops.</summary>
    public int* Targets => targets.Pointer;

    /// <summary>Slot of every edge, for loops.</summary>
    public byte* Slots => slots.Pointer;

    /// <summary>Says what is missing, where that takes the graph itself to tell.</summary>
    public void MarkIncomplete(string reason) => incompleteReason = reason;

    /// <summary>Type of a node.</summary>
    public TypeIndex TypeIndexOf(NodeIndex node) => new((int)types[node.Value]);

    /// <summary>Type of a node.</summary>
    public HeapType TypeOf(NodeIndex node) => Types[(int)types[node.Value]];

    /// <summary>Own size of a node in bytes, header and padding included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long SizeOf(NodeIndex node) => sizes[node.Value] * 8L;

    /// <summary>The nodes that <paramref name="node"/> holds. A target may stand there twice.</summary>
    public ReadOnlySpan<int> TargetsOf(NodeIndex node)
    {
        uint first = firstEdges[node.Value];
        return new(targets.Pointer + first, (int)(firstEdges[node.Value + 1L] - first));
    }

    /// <summary>The slots of <see cref="TargetsOf"/>, in the same order.</summary>
    public ReadOnlySpan<byte> SlotsOf(NodeIndex node)
    {
        uint first = firstEdges[node.Value];
        return new(slots.Pointer + first, (int)(firstEdges[node.Value + 1L] - first));
    }

    /// <summary>How <paramref name="from"/> holds a target through <paramref name="slot"/>.</summary>
    public EdgeLabel LabelOf(NodeIndex from, byte slot) => EdgeLabel.Of(TypeOf(from), slot);

    /// <summary>Adds roots that no capture shows, such as the frames of who awaits an answer. Before any search.</summary>
    public void AddRoots(IEnumerable<GcRoot> roots) => Roots = Roots.AddRange(roots);

    /// <inheritdoc />
    public void Dispose()
    {
        Strings?.Dispose();
        types.Dispose();
        sizes.Dispose();
        firstEdges.Dispose();
        targets.Dispose();
        slots.Dispose();
        Addresses.Dispose();
    }
}
